import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')
/** What the workers and servers of a run load, and what those load who synthesize: a process each. */
const common = [
  [
    'functions/http/routes.ts',
    'test/support/listeners.ts',
    'test/support/fixtures.ts',
    'local/system.ts',
    'node_modules/vitest/dist/index.js',
  ],
  ['infra/system.ts'],
]

/**
 * Compiles what several processes of a run have in common before they start, where no run on this clone did so yet. They start at the
 * same moment, and each writes what it compiled when it ends: without this all of them would compile the same two thousand files.
 */
export async function compileAhead(): Promise<void> {
  const cache = process.env.NODE_COMPILE_CACHE
  if (!cache || existsSync(cache)) return
  await Promise.all(common.map(compile))
}

// What cannot be loaded is told by the tests that load it.
async function compile(files: string[]): Promise<void> {
  const urls = files.map((file) => join(root, file))
  const program = `for (const url of ${JSON.stringify(urls)}) await import(url)\nprocess.exit()`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], { cwd: root, stdio: 'ignore' })
  await once(child, 'exit')
}
