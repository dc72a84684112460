/**
 * `npm run test:dynamodb-local [-- file …]`: the suites of the store, of whole flows and of faults on Amazon's DynamoDB Local instead of
 * dynoxide, as a second opinion. Wants Java 17. What differs between the two stands in docs/engines.md.
 */
import { spawnSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const faults = globSync('test/**/*.test.ts', { cwd: root }).filter((file) =>
  readFileSync(join(root, file), 'utf8').includes('support/share.ts'),
)
const asked = process.argv.slice(2)
const suites = [...new Set([...globSync('test/{store,flow,faults}/**/*.test.ts', { cwd: root }), ...faults])].sort()
const files = asked.length > 0 ? asked : suites

const { status } = spawnSync(
  join(root, 'node_modules/.bin/vitest'),
  ['run', ...files, '--testTimeout', '600000', '--hookTimeout', '600000'],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, DYNAMODB_ENGINE: 'dynamodb-local' },
  },
)
process.exit(status ?? 1)
