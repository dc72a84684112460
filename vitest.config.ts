import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

// Workers and the servers of flow tests load the same modules: they are compiled once.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, 'node_modules/.cache/compile')

const isWatching = !process.argv.includes('run')

/**
 * Scans of the table of all tests and runs over all tenants, which are few at first; then what loads the CDK, and what takes longest in a
 * file of its own, so that no worker is left with it.
 */
const first = [
  'tenant-copy.test.ts',
  'person.test.ts',
  'send-digest.test.ts',
  'infra/rules.test.ts',
  'infra/access.test.ts',
  'contract/routes.test.ts',
  'contract/fuzz.test.ts',
  'contract/counts.test.ts',
]
const isCalled = (name: string) => (file: TestSpecification) => file.moduleId.endsWith(`/${name}`)
const isFirst = (file: TestSpecification) => first.some((name) => isCalled(name)(file))
const isFlow = ({ moduleId }: TestSpecification) => moduleId.includes('/test/flow/')

/**
 * The files named above come first. Flows, which have the server of the run one after the other, come at distances, so that none waits
 * for another.
 */
class Order extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const flows = sorted.filter(isFlow)
    const others = sorted.filter((file) => !isFirst(file) && !isFlow(file))
    const distance = Math.floor(others.length / (flows.length + 1))
    return [
      ...first.flatMap((name) => sorted.filter(isCalled(name))),
      ...flows.flatMap((flow, n) => [flow, ...others.slice(n * distance, (n + 1) * distance)]),
      ...others.slice(flows.length * distance),
    ]
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    env: { REQUEST_LOG: 'off' },
    sequence: { sequencer: Order },
    isolate: false,
    // Node takes the types out itself, as it does for the product: nothing is compiled a second time, and an import costs nothing at each use.
    experimental: { viteModuleRunner: false, nodeLoader: false },
    // More than the two cores of a small machine: tests wait for the emulator and for servers most of the time.
    maxWorkers: 5,
    // Answers and items are short-lived: room for them is cheaper than collecting them often.
    execArgv: [
      '--max-semi-space-size=64',
      ...(isWatching ? [] : ['--import', join(import.meta.dirname, 'test/support/without-module-graph.ts')]),
    ],
    // How long a test takes is no assertion: only what hangs is ended.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
