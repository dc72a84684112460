import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DescribeTableCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams'
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { ensureTable } from '../../local/aws/dynamodb.ts'
import { type StreamReader, startStreamReader } from '../../local/aws/stream.ts'
import { streamShards } from '../../local/aws/stream-shards.ts'
import { localFunction } from '../../local/lambda.ts'

const endpoint = process.env.AWS_ENDPOINT_URL_DYNAMODB

describe('the stream reader', () => {
  const client = new DynamoDBClient({ endpoint })
  const streams = new DynamoDBStreamsClient({ endpoint })
  let directory: string
  let table: string
  let reader: StreamReader | undefined
  let published: string[]
  let abandoned: string[]

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'guanxi-stream-'))
  })

  afterAll(() => {
    client.destroy()
    streams.destroy()
    rmSync(directory, { recursive: true })
  })

  beforeEach(async () => {
    table = `stream-${process.pid}-${Date.now()}`
    published = []
    abandoned = []
    await ensureTable(client, table)
  })

  afterEach(async () => {
    await reader?.stop()
    vi.restoreAllMocks()
  })

  const put = (id: string, entity = 'event') =>
    client.send(new PutItemCommand({ TableName: table, Item: { pk: { S: 'p' }, sk: { S: id }, entity: { S: entity }, id: { S: id } } }))

  const idsOf = (event: unknown) => (event as DynamoDBStreamEvent).Records.map((record) => record.dynamodb!.NewImage!.id!.S!)

  const start = async (handler: (event: DynamoDBStreamEvent) => unknown = () => undefined) => {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: table }))
    const publisher = localFunction(
      'publish-outbox',
      (event) => {
        const answer = handler(event as DynamoDBStreamEvent) as DynamoDBBatchResponse | undefined
        published.push(...idsOf(event))
        return answer
      },
      10,
    )
    reader = startStreamReader({
      source: streamShards({ streams, streamArn: Table!.LatestStreamArn!, placeFile: join(directory, `${table}.json`) }),
      publisher,
      abandoned: (record) => abandoned.push(record.dynamodb!.NewImage!.id!.S!),
    })
  }

  const drained = async () => {
    while (await reader!.drain());
  }

  test('hands new outbox items to the publisher in order, and nothing else', async () => {
    await start()

    await put('customer-1', 'customer')
    for (const id of ['1', '2', '3']) await put(id)
    await put('2')
    await drained()

    expect(published).toEqual(['1', '2', '3'])
  })

  test('reads on by itself, whether something came or not', async () => {
    await start()
    await drained()

    await put('1')
    await expect.poll(() => published, { timeout: 10_000 }).toEqual(['1'])
    await put('2')
    await expect.poll(() => published, { timeout: 10_000 }).toEqual(['1', '2'])
  })

  test('goes on after a restart where it stopped', async () => {
    await start()
    await put('1')
    await drained()
    await reader!.stop()
    await put('2')

    await start()
    await drained()

    expect(published).toEqual(['1', '2'])
  })

  test('repeats from the record that the publisher reports as failed', async () => {
    for (const id of ['1', '2', '3']) await put(id)
    let fail = true

    await start(({ Records }) => {
      const second = Records.find((record) => record.dynamodb!.NewImage!.id!.S === '2')
      const failures = fail && second ? [{ itemIdentifier: second.dynamodb!.SequenceNumber! }] : []
      fail = false
      return { batchItemFailures: failures }
    })
    await drained()

    expect(published).toEqual(['1', '2', '3', '2', '3'])
  })

  test('leaves a record behind that fails ten times, and goes on', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    for (const id of ['1', 'poison', '3']) await put(id)

    await start(({ Records }) => {
      const poison = Records.find((record) => record.dynamodb!.NewImage!.id!.S === 'poison')
      return { batchItemFailures: poison ? [{ itemIdentifier: poison.dynamodb!.SequenceNumber! }] : [] }
    })
    await drained()

    expect(abandoned).toEqual(['poison'])
    expect(published.at(-1)).toBe('3')
    expect(published.filter((id) => id === 'poison')).toHaveLength(10)
  })

  test('says that there was something to read while it was still at it', async () => {
    await put('1')

    await start()
    const found = await reader!.drain()
    const more = await reader!.drain()

    expect([found, more]).toEqual([true, false])
  })
})
