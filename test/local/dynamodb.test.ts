import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { DeleteItemCommand, DescribeTimeToLiveCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { ensureTable, type LocalDynamo, startDynamo } from '../../local/aws/dynamodb.ts'
import type { StreamSource } from '../../local/aws/stream.ts'

describe('DynamoDB on one machine', () => {
  const table = 'outbox-test'
  let directory: string
  let dynamo: LocalDynamo
  let client: DynamoDBClient
  let db: DatabaseSync

  beforeAll(async () => {
    directory = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'guanxi-dynamo-'))
    dynamo = await startDynamo(directory)
    client = new DynamoDBClient({ endpoint: dynamo.endpoint })
    await ensureTable(client, table)
    db = new DatabaseSync(join(directory, 'dynamodb.db'), { timeout: 10_000 })
  })

  afterEach(() => {
    vi.useRealTimers()
  })

  afterAll(async () => {
    db.close()
    client.destroy()
    await dynamo.stop()
    rmSync(directory, { recursive: true })
  })

  const put = (sk: string, entity: string) =>
    client.send(new PutItemCommand({ TableName: table, Item: { pk: { S: 'a' }, sk: { S: sk }, entity: { S: entity } } }))

  const open = () => dynamo.outbox!(table, join(directory, 'place.json'))
  /** What is passed on of the outbox; each is done with when it was. */
  const told = async (outbox: StreamSource) => {
    const all: string[] = []
    await outbox.readToEnd(
      async (records, save) =>
        records.forEach((record) => {
          all.push(record.dynamodb!.NewImage!.sk!.S!)
          save(record)
        }),
      () => false,
    )
    return all
  }

  test('creates the table with its time to live, also when it is there already', async () => {
    await ensureTable(client, table)

    const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName: table }))
    expect(TimeToLiveDescription).toMatchObject({ AttributeName: 'expiresAt', TimeToLiveStatus: 'ENABLED' })
  })

  test('tells what was in the stream of an older directory', async () => {
    await put('older', 'event')

    const outbox = await open()

    expect(await told(outbox)).toEqual(['older'])
    outbox.close()
  })

  test('tells what is new in the outbox in order, and nothing else of what is written', async () => {
    const outbox = await open()

    await put('other', 'customer')
    await client.send(new PutItemCommand({ TableName: table, Item: { pk: { S: 'a' }, sk: { S: 'without an entity' } } }))
    for (const sk of ['b', 'a']) await put(sk, 'event')
    await put('b', 'event')
    await client.send(new DeleteItemCommand({ TableName: table, Key: { pk: { S: 'a' }, sk: { S: 'b' } } }))

    expect(await told(outbox)).toEqual(['b', 'a'])
    expect(db.prepare('SELECT count(*) AS n FROM _stream_records').get()).toEqual({ n: 0 })
    outbox.close()
  })

  test('goes on after what was done with, also in another process, and drops it', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const before = await open()
    await put('1', 'event')
    await told(before)
    await put('2', 'event')
    await before
      .readToEnd(
        async () => {
          throw new Error('The publisher ended.')
        },
        () => false,
      )
      .catch(() => {})
    before.close()
    const outbox = await open()
    vi.setSystemTime(Date.now() + 60_000)

    expect(await told(outbox)).toEqual(['2'])
    expect(db.prepare('SELECT count(*) AS n FROM _outbox').get()).toEqual({ n: 0 })
    await put('3', 'event')
    expect(await told(outbox)).toEqual(['3'])
    outbox.close()
  })

  test('says in one sentence when the endpoint it was given does not answer', async () => {
    vi.stubEnv('DYNAMODB_ENDPOINT', 'http://127.0.0.1:1')

    await expect(startDynamo(directory)).rejects.toThrow('No DynamoDB answers at DYNAMODB_ENDPOINT=http://127.0.0.1:1.')

    vi.unstubAllEnvs()
  })
})
