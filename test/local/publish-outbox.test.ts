import { EventBridgeClient } from '@aws-sdk/client-eventbridge'
import { marshall } from '@aws-sdk/util-dynamodb'
import type { DynamoDBRecord } from 'aws-lambda'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { publishOutbox } from '../../functions/stream/publish-outbox.ts'
import { type BusEvent, type LocalBus, startBus } from '../../local/aws/events.ts'

describe('publish-outbox', () => {
  let bus: LocalBus
  let client: EventBridgeClient
  let delivered: BusEvent[]

  beforeEach(async () => {
    delivered = []
    const rule = { bus: 'guanxi', source: 'guanxi', detailTypes: ['customer.created.v1'], queue: 'q' }
    bus = await startBus([rule], (_, body) => delivered.push(JSON.parse(body)))
    const credentials = { accessKeyId: 'a', secretAccessKey: 'b' }
    client = new EventBridgeClient({ endpoint: bus.endpoint, region: 'us-east-1', credentials, maxAttempts: 1 })
  })

  afterEach(async () => {
    vi.restoreAllMocks()
    client.destroy()
    await bus.stop()
  })

  const item = (n: number, data: object = { changed: ['name'] }) => ({
    pk: 'T#ten_1#CUS#x',
    sk: `EVT#evt_${n}`,
    entity: 'event',
    schema: 1,
    id: `evt_${n}`,
    name: 'customer.created',
    version: 1,
    tenantId: 'ten_1',
    at: '2026-11-21T00:00:00.000Z',
    actor: { kind: 'user', id: 'usr_1' },
    subject: { type: 'customer', id: 'cus_1' },
    customerId: 'cus_1',
    data,
    requestId: 'req_1',
  })

  const record = (n: number, data?: object): DynamoDBRecord => ({
    eventName: 'INSERT',
    dynamodb: { SequenceNumber: String(n), NewImage: marshall(item(n, data)) as never },
  })

  const records = (count: number) => Array.from({ length: count }, (_, n) => record(n + 1))

  test('puts the envelope on the bus, without what belongs to the table', async () => {
    const answer = await publishOutbox([record(1)], client, 'guanxi')

    expect(answer).toEqual({ batchItemFailures: [] })
    expect(delivered).toMatchObject([{ source: 'guanxi', 'detail-type': 'customer.created.v1', time: '2026-11-21T00:00:00Z' }])
    const { pk: _, sk: __, entity: ___, schema: ____, ...envelope } = item(1)
    expect(delivered[0]!.detail).toEqual(envelope)
  })

  test('puts the mark of an event that may start a campaign on the bus', async () => {
    const marked = { ...item(1), mayStartCampaign: true }

    await publishOutbox([{ dynamodb: { SequenceNumber: '1', NewImage: marshall(marked) as never } }], client, 'guanxi')

    expect(delivered[0]!.detail).toMatchObject({ id: 'evt_1', mayStartCampaign: true })
  })

  test('leaves customerId out of an event that has none', async () => {
    const { customerId: _, ...rest } = item(1)

    await publishOutbox([{ dynamodb: { SequenceNumber: '1', NewImage: marshall(rest) as never } }], client, 'guanxi')

    expect(delivered[0]!.detail).not.toHaveProperty('customerId')
  })

  test('sends ten entries to a call and no more than 256 KB, in order', async () => {
    const send = vi.spyOn(client, 'send')
    const big = { text: 'x'.repeat(100_000) }

    await publishOutbox([...records(23), record(24, big), record(25, big), record(26, big)], client, 'guanxi')

    expect(send.mock.calls.map(([command]) => (command.input as { Entries: unknown[] }).Entries.length)).toEqual([10, 10, 5, 1])
    expect(delivered.map((event) => (event.detail as { id: string }).id)).toEqual(Array.from({ length: 26 }, (_, n) => `evt_${n + 1}`))
  })

  test('reports the first record that failed and sends nothing after its call', async () => {
    bus.failNext(1)

    const answer = await publishOutbox(records(15), client, 'guanxi')

    expect(answer.batchItemFailures).toEqual([{ itemIdentifier: '1' }])
    expect(delivered).toHaveLength(9)
  })

  test('reports the first record of a call that the bus did not take at all', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {})

    const answer = await publishOutbox([...records(10), record(11, { text: 'x'.repeat(300_000) }), record(12)], client, 'guanxi')

    expect(answer.batchItemFailures).toEqual([{ itemIdentifier: '11' }])
    expect(delivered).toHaveLength(10)
  })

  test('reports a record that cannot be read after publishing those before it', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    const broken = { dynamodb: { SequenceNumber: '2', NewImage: { at: { S: 'no date' } } } }

    const answer = await publishOutbox([record(1), broken, record(3)], client, 'guanxi')

    expect(answer.batchItemFailures).toEqual([{ itemIdentifier: '2' }])
    expect(delivered).toHaveLength(1)
  })
})
