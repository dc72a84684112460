import { createHash } from 'node:crypto'
import type { FileStore } from '../../domain/kernel/context.ts'

export type MemoryFiles = FileStore & { sizes: Map<string, number>; removed: string[]; contents: Map<string, Buffer> }

/** A file store in memory. With `uploads` at once, every announced file counts as uploaded by the time it is completed. */
export function memoryFiles({ uploads = true } = {}): MemoryFiles {
  const sizes = new Map<string, number>()
  const removed: string[] = []
  const contents = new Map<string, Buffer>()
  const sizeOf = (key: string) => contents.get(key)?.length ?? sizes.get(key)
  return {
    sizes,
    removed,
    contents,
    uploadUrl: async (key, _contentType, size) => {
      if (uploads) sizes.set(key, size)
      if (uploads && key.endsWith('/source')) contents.set(key, sheetOf(size))
      return `https://files.example/${key}`
    },
    startParts: async (key) => `upload-of-${key}`,
    partUrls: async (key, uploadId, parts) =>
      Array.from({ length: parts }, (_, i) => `https://files.example/${key}?${uploadId}&part=${i + 1}`),
    completeParts: async (_key, _uploadId, etags) => etags.every((etag) => etag.startsWith('etag')),
    downloadUrl: async (key, fileName) => `https://files.example/${key}?name=${encodeURIComponent(fileName)}`,
    size: async (key) => sizeOf(key),
    tag: async (key) => {
      const content = contents.get(key)
      return content ? createHash('md5').update(content).digest('hex') : sizeOf(key)?.toString()
    },
    async *read(key, start = 0, end) {
      const content = contents.get(key)
      if (!content) throw new Error(`There is no file ${key}.`)
      yield content.subarray(start, end)
    },
    async write(key, _contentType, bytes) {
      const pieces: Uint8Array[] = []
      for await (const piece of bytes) pieces.push(piece)
      contents.set(key, Buffer.concat(pieces))
    },
    remove: async (key) => {
      contents.delete(key)
      removed.push(key)
    },
    async *list(prefix) {
      for (const key of [...contents.keys()].sort()) if (key.startsWith(prefix)) yield key
    },
  }
}

/** A sheet of customers of so many bytes: what an import is given that has no file of its own. */
const sheetOf = (size: number): Buffer =>
  Buffer.from('客户名称,电话,负责人\r\nHarbour Rope Works,021-6355 0101,\r\n'.padEnd(size)).subarray(0, size)
