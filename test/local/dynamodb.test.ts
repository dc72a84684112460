import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { DeleteItemCommand, DescribeTimeToLiveCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { ensureTable, type LocalDynamo, startDynamo } from '../../local/aws/dynamodb.ts'

describe('DynamoDB on one machine', () => {
  const table = 'stream-cost'
  let directory: string
  let dynamo: LocalDynamo
  let client: DynamoDBClient
  let db: DatabaseSync
  let written = 0

  beforeAll(async () => {
    directory = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'guanxi-dynamo-'))
    dynamo = await startDynamo(directory)
    client = new DynamoDBClient({ endpoint: dynamo.endpoint })
    await ensureTable(client, table)
    db = new DatabaseSync(join(directory, 'dynamodb.db'), { timeout: 10_000 })
  })

  afterAll(async () => {
    db.close()
    client.destroy()
    await dynamo.stop()
    rmSync(directory, { recursive: true })
  })

  const put = (sk: string, entity: string) =>
    client.send(new PutItemCommand({ TableName: table, Item: { pk: { S: 'a' }, sk: { S: sk }, entity: { S: entity } } }))
  const write = () => put(String(written++), 'event')

  const sequences = () =>
    db
      .prepare('SELECT CAST(sequence_number AS INTEGER) AS n FROM _stream_records WHERE table_name = ? ORDER BY n')
      .all(table)
      .map(({ n }) => Number(n))

  test('creates the table with its time to live, also when it is there already', async () => {
    await ensureTable(client, table)

    const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName: table }))
    expect(TimeToLiveDescription).toMatchObject({ AttributeName: 'expiresAt', TimeToLiveStatus: 'ENABLED' })
  })

  test('finds the highest sequence number, which every write asks for, by an index, however long the stream is', () => {
    const highest = 'SELECT MAX(CAST(sequence_number AS INTEGER)) FROM _stream_records WHERE table_name = ?'

    const plan = db.prepare(`EXPLAIN QUERY PLAN ${highest}`).all(table)

    expect(plan.map(({ detail }) => detail)).toEqual(['SEARCH _stream_records USING COVERING INDEX stream_order (table_name=?)'])
  })

  test('drops what has been read, and counts on from there', async () => {
    await write()
    await write()
    const newest = sequences().at(-1)!

    dynamo.trimStream(table, String(newest))
    await write()

    expect(sequences()).toEqual([newest, newest + 1])
  })

  test('keeps of the stream what is new in the outbox, and nothing else of what is written', async () => {
    const before = sequences()

    await put('other', 'customer')
    await client.send(new PutItemCommand({ TableName: table, Item: { pk: { S: 'a' }, sk: { S: 'without an entity' } } }))
    await put('once', 'event')
    await put('once', 'event')
    await client.send(new DeleteItemCommand({ TableName: table, Key: { pk: { S: 'a' }, sk: { S: 'once' } } }))

    expect(sequences()).toEqual([...before, before.at(-1)! + 1])
  })

  test('says in one sentence when the endpoint it was given does not answer', async () => {
    vi.stubEnv('DYNAMODB_ENDPOINT', 'http://127.0.0.1:1')

    await expect(startDynamo(directory)).rejects.toThrow('No DynamoDB answers at DYNAMODB_ENDPOINT=http://127.0.0.1:1.')

    vi.unstubAllEnvs()
  })
})
