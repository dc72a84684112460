/** `npm run faults [-- --nightly] [--seed N] [file …]`: the experiments with faults, races and random inputs, with the large counts. */
import { spawnSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

const root = join(import.meta.dirname, '..')
const { values, positionals } = parseArgs({
  options: { nightly: { type: 'boolean', default: false }, seed: { type: 'string' } },
  allowPositionals: true,
})
const experiments = globSync('test/**/*.test.ts', { cwd: root }).filter((file) =>
  readFileSync(join(root, file), 'utf8').includes('support/share.ts'),
)
const files = positionals.length > 0 ? positionals : experiments

const { status } = spawnSync(join(root, 'node_modules/.bin/vitest'), ['run', ...files, '--testTimeout', `${24 * 3_600_000}`], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, FAULTS: values.nightly ? 'nightly' : 'faults', ...(values.seed ? { SEED: values.seed } : {}) },
})
process.exit(status ?? 1)
