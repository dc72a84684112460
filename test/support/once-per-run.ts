import { closeSync, existsSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const isMine = (file: string): boolean => {
  try {
    closeSync(openSync(`${file}.begun`, 'wx'))
    return true
  } catch {
    return false
  }
}

function sleep(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
}

function write(file: string, outcome: object): void {
  writeFileSync(`${file}.part`, JSON.stringify(outcome))
  renameSync(`${file}.part`, file)
}

/**
 * What takes seconds and is the same for every test of a run, as JSON: the worker that asks first makes it, the others wait and read
 * it from a file of the run. Where it cannot be made all of them fail for the same reason.
 */
export function oncePerRun<T>(name: string, make: () => T): T {
  const file = join(process.env.RUN_FOLDER!, `${name}.json`)
  if (isMine(file)) {
    try {
      write(file, { value: make() })
    } catch (error) {
      write(file, { error: String(error) })
      throw error
    }
  }
  while (!existsSync(file)) sleep(50)
  const { value, error } = JSON.parse(readFileSync(file, 'utf8')) as { value: T; error?: string }
  if (error) throw new Error(error)
  return value
}
