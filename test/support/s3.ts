import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startQueues } from '../../local/aws/queues.ts'

/** Starts a file store on loopback and tells the functions of it. */
export async function startS3(): Promise<() => Promise<void>> {
  const directory = mkdtempSync(join(tmpdir(), 'guanxi-files-'))
  const bucket = 'guanxi-test-files'
  const { endpoint, stop } = await startQueues(directory, [], bucket)
  Object.assign(process.env, { AWS_ENDPOINT_URL_S3: endpoint, FILES_BUCKET: bucket })
  return async () => {
    await stop()
    rmSync(directory, { recursive: true })
  }
}
