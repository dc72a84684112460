import type { FileStore } from '../../domain/kernel/context.ts'
import { signedSeconds } from '../../domain/platform/file/file.ts'
import { env, lazily, optionalEnv } from '../runtime.ts'

// The client of S3 is a third of what it would be in, and many calls of a function touch no file: it is loaded with the first that does.
const store = lazily(async (): Promise<FileStore> => {
  const { s3Files } = await import('./s3-files.ts')
  return s3Files({ bucket: env('FILES_BUCKET'), pathStyle: optionalEnv('AWS_ENDPOINT_URL_S3') !== undefined, signedSeconds })
})

/** The file store of a function that keeps files. */
export const files: FileStore = {
  uploadUrl: async (...given) => (await store()).uploadUrl(...given),
  startParts: async (...given) => (await store()).startParts(...given),
  partUrls: async (...given) => (await store()).partUrls(...given),
  completeParts: async (...given) => (await store()).completeParts(...given),
  downloadUrl: async (...given) => (await store()).downloadUrl(...given),
  size: async (...given) => (await store()).size(...given),
  tag: async (...given) => (await store()).tag(...given),
  async *read(...given) {
    yield* (await store()).read(...given)
  },
  write: async (...given) => (await store()).write(...given),
  remove: async (...given) => (await store()).remove(...given),
  async *list(...given) {
    yield* (await store()).list(...given)
  },
}
