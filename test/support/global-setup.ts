import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { builtFonts } from '../../infra/fonts.ts'
import { endStream, ensureTable, startDynamo } from '../../local/aws/dynamodb.ts'
import { compileAhead } from './compile-ahead.ts'
import { startLender } from './server-lender.ts'

/** One DynamoDB with one table for all tests of a run; the workers inherit where it is. Every test has its own tenant. */
export default async function setup(): Promise<() => Promise<void>> {
  const directory = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'guanxi-test-'))
  const [dynamo, fonts] = await Promise.all([startDynamo(directory), builtFonts(), compileAhead()])
  const tableName = `guanxi-test-${process.pid}-${Date.now()}`
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_DYNAMODB: dynamo.endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    TABLE_NAME: tableName,
    RUN_FOLDER: directory,
    FONT_FOLDER: fonts,
    POWERTOOLS_METRICS_DISABLED: 'true',
  })
  const lender = await startLender()
  process.env.SERVER_LENDER = lender.url
  const client = new DynamoDBClient()
  await ensureTable(client, tableName)
  // Nobody reads what this table streams (whoever reads a stream has a table of its own), and every write would write it too.
  await endStream(client, tableName)
  return async () => {
    await lender.stop()
    await client.send(new DeleteTableCommand({ TableName: tableName }))
    client.destroy()
    await dynamo.stop()
    rmSync(directory, { recursive: true, force: true, maxRetries: 10 })
  }
}
