/**
 * The end of `npm run judges`: the flow tests with Prism as a validating proxy between them and the API. What a test sends or is
 * answered against docs/openapi.json fails as an error of Prism's, which names what does not fit.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const PRISM = join(root, 'test/judges/node_modules/.bin/prism')
if (!existsSync(PRISM)) {
  console.error('Prism is not installed: npm run judges installs it.')
  process.exit(1)
}
// One worker: Prism takes seconds to read the document.
const { status } = spawnSync(join(root, 'node_modules/.bin/vitest'), ['run', 'test/flow', '--maxWorkers=1'], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, PRISM },
})
process.exit(status ?? 1)
