import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { endStream, ensureTable, startDynamo } from '../local/aws/dynamodb.ts'

export interface Engine {
  stop(): Promise<void>
}

const tableName = 'guanxi-bench'

/** A directory in memory where the machine has one, so that figures do not depend on a disk. It goes when the process ends. */
export function scratchDirectory(): string {
  const directory = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'guanxi-bench-'))
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }))
  return directory
}

/** Starts one DynamoDB with the product's table and points this process (and its children) at it. */
export async function startEngine(): Promise<Engine> {
  const directory = scratchDirectory()
  const dynamo = await startDynamo(directory)
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_DYNAMODB: dynamo.endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    TABLE_NAME: tableName,
    // The limit is not what is measured here; what it costs is counted in P15.
    RATE_LIMIT_PER_MINUTE: '6000000',
    REQUEST_LOG: 'off',
  })
  const client = new DynamoDBClient()
  await ensureTable(client, tableName)
  await endStream(client, tableName)
  client.destroy()
  return { stop: dynamo.stop }
}

/** What stands for DynamoDB here. */
export function engineName(): string {
  if (process.env.DYNAMODB_ENDPOINT) return `DynamoDB endpoint ${process.env.DYNAMODB_ENDPOINT}`
  try {
    const { version } = createRequire(import.meta.url)('@dynoxide/linux-x64/package.json') as { version: string }
    return `dynoxide ${version}, data in memory`
  } catch {
    return 'DynamoDB Local'
  }
}
