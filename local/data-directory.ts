import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { LocalProblem } from './problem.ts'

const lockFile = 'lock.db'

/**
 * Takes the directory for this process alone and empties it when asked. The lock is SQLite's own on a file, so it ends
 * with the process however that ends.
 */
export function openDataDirectory(directory: string, fresh: boolean): { release(): void } {
  mkdirSync(directory, { recursive: true })
  const lock = new DatabaseSync(join(directory, lockFile))
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE')
  } catch {
    lock.close()
    throw new LocalProblem(`The data in ${directory} is in use by another Guanxi on this machine; stop that one first.`)
  }
  if (fresh)
    for (const entry of readdirSync(directory)) if (!entry.startsWith(lockFile)) rmSync(join(directory, entry), { recursive: true })
  return { release: () => lock.close() }
}
