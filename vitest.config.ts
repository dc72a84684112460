import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

// Workers and the servers of flow tests load the same modules: they are compiled once.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, 'node_modules/.cache/compile')

const readingTheWholeTable = ['tenant-copy.test.ts', 'person.test.ts']

/** Tests that scan the table of all tests come first, as long as it is small. */
class WholeTableFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isFirst = ({ moduleId }: TestSpecification) => readingTheWholeTable.some((name) => moduleId.endsWith(`/${name}`))
    const sorted = await super.sort(files)
    return [...sorted.filter(isFirst), ...sorted.filter((file) => !isFirst(file))]
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    env: { REQUEST_LOG: 'off' },
    sequence: { sequencer: WholeTableFirst },
    isolate: false,
    // Node takes the types out itself, as it does for the product: nothing is compiled a second time, and an import costs nothing at each use.
    experimental: { viteModuleRunner: false, nodeLoader: false },
    // More than the two cores of a small machine: tests wait for the emulator and for servers most of the time.
    maxWorkers: 4,
    // Answers and items are short-lived: room for them is cheaper than collecting them often.
    execArgv: ['--max-semi-space-size=64'],
    // How long a test takes is no assertion: only what hangs is ended.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
