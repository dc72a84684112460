import type { FileStore } from '../../domain/kernel/context.ts'

/** A file store in memory. With `uploads` at once, every announced file counts as uploaded by the time it is completed. */
export function memoryFiles({ uploads = true } = {}): FileStore & { sizes: Map<string, number>; removed: string[] } {
  const sizes = new Map<string, number>()
  const removed: string[] = []
  return {
    sizes,
    removed,
    uploadUrl: async (key, _contentType, size) => {
      if (uploads) sizes.set(key, size)
      return `https://files.example/${key}`
    },
    startParts: async (key) => `upload-of-${key}`,
    partUrls: async (key, uploadId, parts) =>
      Array.from({ length: parts }, (_, i) => `https://files.example/${key}?${uploadId}&part=${i + 1}`),
    completeParts: async (_key, _uploadId, etags) => etags.every((etag) => etag.startsWith('etag')),
    downloadUrl: async (key, fileName) => `https://files.example/${key}?name=${encodeURIComponent(fileName)}`,
    size: async (key) => sizes.get(key),
    remove: async (key) => {
      removed.push(key)
    },
  }
}
