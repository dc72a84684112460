import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lazily } from '../../functions/runtime.ts'
import { startQueues } from '../../local/aws/queues.ts'

/**
 * A file store on loopback, of which the functions are told. The tests of a worker share it, since a function keeps the first one that
 * it was told of; it ends with the worker.
 */
export const sharedS3 = lazily(async (): Promise<void> => {
  const directory = mkdtempSync(join(tmpdir(), 'guanxi-files-'))
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }))
  const bucket = 'guanxi-test-files'
  const { endpoint } = await startQueues(directory, [], bucket)
  Object.assign(process.env, { AWS_ENDPOINT_URL_S3: endpoint, FILES_BUCKET: bucket })
})
