import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { CopyPlace } from '../../domain/platform/tenant-copy/tenant-parts.ts'

const unfinished = '.unfinished'

/** A folder on this machine as the place of a copy. A file is there when all of it is. */
export function folderFiles(root: string): CopyPlace {
  const at = (key: string) => join(root, key)
  return {
    size: async (key) => {
      try {
        return (await stat(at(key))).size
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
        throw error
      }
    },
    async *read(key, start, end) {
      if (end !== undefined && end <= (start ?? 0)) return
      yield* createReadStream(at(key), { start, ...(end === undefined ? {} : { end: end - 1 }) })
    },
    async write(key, _contentType, bytes) {
      await mkdir(dirname(at(key)), { recursive: true })
      await pipeline(Readable.from(bytes), createWriteStream(`${at(key)}${unfinished}`))
      await rename(`${at(key)}${unfinished}`, at(key))
    },
    remove: (key) => rm(at(key), { force: true }),
    async *list(prefix) {
      const found = (await readdir(root, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
      const keys = found.map(({ parentPath, name }) => relative(root, join(parentPath, name)).replaceAll('\\', '/'))
      for (const key of keys.sort()) if (key.startsWith(prefix) && !key.endsWith(unfinished)) yield key
    },
  }
}
