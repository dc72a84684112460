import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge'
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import type { SQSEvent } from 'aws-lambda'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { redrive } from '../../functions/commands/redrive.ts'
import { type LocalBus, startBus } from '../../local/aws/events.ts'
import { type LocalQueues, startQueues } from '../../local/aws/queues.ts'
import { startWorkers, type Workers } from '../../local/aws/workers.ts'
import { localFunction } from '../../local/lambda.ts'

const account = { region: 'us-east-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' }, maxAttempts: 1 }

describe('bus, queues and workers', () => {
  let directory: string
  let queues: LocalQueues
  let bus: LocalBus
  let events: EventBridgeClient
  let sqs: SQSClient
  let workers: Workers | undefined

  const start = async () => {
    queues = await startQueues(directory, [{ name: 'welcome-customer', timeoutSeconds: 10 }], 'files')
    bus = await startBus(
      [{ bus: 'guanxi', source: 'guanxi', detailTypes: ['customer.created.v1'], queue: 'welcome-customer' }],
      queues.send,
    )
    events = new EventBridgeClient({ endpoint: bus.endpoint, ...account })
    sqs = new SQSClient({ endpoint: queues.endpoint, ...account })
  }

  const stop = async () => {
    await workers?.stop()
    workers = undefined
    await Promise.all([bus.stop(), queues.stop()])
  }

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'guanxi-queues-'))
    await start()
  })

  afterEach(async () => {
    vi.restoreAllMocks()
    await stop()
    rmSync(directory, { recursive: true })
  })

  const entry = (detailType: string, detail: unknown = { id: 1 }, more = {}) => ({
    EventBusName: 'guanxi',
    Source: 'guanxi',
    DetailType: detailType,
    Detail: JSON.stringify(detail),
    ...more,
  })

  const work = (handler: (event: SQSEvent) => unknown, more: { gatherMs?: number } = {}) => {
    const worker = localFunction('welcome-customer', (event) => handler(event as SQSEvent), 10)
    workers = startWorkers(queues, [{ queue: 'welcome-customer', worker, batchSize: 10, concurrency: 2, ...more }], 0)
  }

  const untilEmpty = () => expect.poll(() => queues.open('welcome-customer'), { interval: 10, timeout: 5_000 }).toBe(0)

  test('brings an event to the queue of a rule that matches and to no other', async () => {
    const answer = await events.send(
      new PutEventsCommand({
        Entries: [entry('customer.created.v1'), entry('customer.created.v2'), entry('customer.created.v1', {}, { EventBusName: 'other' })],
      }),
    )

    expect(answer.FailedEntryCount).toBe(0)
    expect(queues.ready('welcome-customer')).toBe(1)
  })

  test.each([
    [['email', 'paper'], 1],
    [['paper', { exists: false }], 3],
  ])('brings an event only where one of the values asked for stands in its detail, or none: %j', async (channel, brought) => {
    await stop()
    const rule = {
      bus: 'guanxi',
      source: 'guanxi',
      detailTypes: ['customer.created.v1'],
      detail: { data: { channel } },
    }
    queues = await startQueues(directory, [{ name: 'welcome-customer', timeoutSeconds: 10 }], 'files')
    bus = await startBus([{ ...rule, queue: 'welcome-customer' }], queues.send)
    events = new EventBridgeClient({ endpoint: bus.endpoint, ...account })

    await events.send(
      new PutEventsCommand({
        Entries: [{}, { data: 'email' }, { data: { channel: 'link' } }, { data: { channel: 'paper' } }].map((detail) =>
          entry('customer.created.v1', detail),
        ),
      }),
    )

    expect(queues.ready('welcome-customer')).toBe(brought)
  })

  test.each([
    [undefined, [1, 1]],
    [20, [2]],
  ])('hands over together what comes within a moment where the worker waits for it: %s ms', async (gatherMs, expected) => {
    const batches: number[] = []
    vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval'] })
    work(({ Records }) => void batches.push(Records.length), gatherMs ? { gatherMs } : {})

    queues.send('welcome-customer', 'one')
    for (const _ of [1, 2]) await new Promise(setImmediate)
    queues.send('welcome-customer', 'another')
    vi.advanceTimersByTime(gatherMs ?? 0)
    vi.useRealTimers()
    await untilEmpty()

    expect(batches).toEqual(expected)
  })

  test('tells the workers of whatever is sent, over HTTP too', async () => {
    const told: string[] = []
    queues.onSend((name) => told.push(name))

    queues.send('welcome-customer', 'by the bus')
    await sqs.send(new SendMessageCommand({ QueueUrl: queues.url('welcome-customer'), MessageBody: 'by a function' }))

    expect(told).toEqual(['welcome-customer', 'welcome-customer'])
  })

  test('gives out at once what was in the hands of a worker that ended with its process', async () => {
    queues.send('welcome-customer', 'half done')
    queues.receive('welcome-customer', 1)
    await stop()

    await start()

    expect(queues.receive('welcome-customer', 1)).toMatchObject([{ body: 'half done' }])
  })

  test('answers entry by entry which failed', async () => {
    bus.failNext(1)

    const { FailedEntryCount, Entries } = await events.send(
      new PutEventsCommand({
        Entries: [
          entry('customer.created.v1'),
          entry('customer.created.v1', 'no object'),
          entry('customer.created.v1'),
          entry('x', {}, { Source: 'aws.ses' }),
        ],
      }),
    )

    expect(FailedEntryCount).toBe(3)
    expect(Entries?.map((one) => one.ErrorCode)).toEqual([
      'InternalFailure',
      'MalformedDetail',
      undefined,
      'NotAuthorizedForSourceException',
    ])
    expect(queues.ready('welcome-customer')).toBe(1)
  })

  test('refuses more than 256 KB in one call', async () => {
    const big = { text: 'x'.repeat(135_000) }

    await expect(events.send(new PutEventsCommand({ Entries: [entry('a', big), entry('b', big)] }))).rejects.toThrow('256 KB')
  })

  test('hands the event on in the shape EventBridge gives a queue and deletes it when it is done', async () => {
    const seen: unknown[] = []
    work((event) => {
      for (const record of event.Records) seen.push(JSON.parse(record.body))
    })

    await events.send(
      new PutEventsCommand({ Entries: [entry('customer.created.v1', { id: 'evt_1' }, { Time: new Date('2026-11-21T00:00:00Z') })] }),
    )

    await untilEmpty()
    expect(seen).toMatchObject([
      { version: '0', source: 'guanxi', 'detail-type': 'customer.created.v1', time: '2026-11-21T00:00:00Z', detail: { id: 'evt_1' } },
    ])
  })

  test('lets a poison message end in the dead-letter queue after five receives while the rest is done', async () => {
    const done: string[] = []
    work((event) => {
      const poison = event.Records.filter((record) => record.body.includes('poison'))
      done.push(...event.Records.filter((record) => !poison.includes(record)).map((record) => record.body))
      return { batchItemFailures: poison.map((record) => ({ itemIdentifier: record.messageId })) }
    })

    for (const body of ['one', 'poison', 'two']) queues.send('welcome-customer', body)

    await untilEmpty()
    expect(done.sort()).toEqual(['one', 'two'])
    expect(queues.deadLetters('welcome-customer')).toMatchObject([{ body: 'poison', receives: 6 }])
  })

  test('takes an exception and an unknown identifier as failure of the whole batch', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    let calls = 0
    work(() => {
      calls += 1
      if (calls === 1) throw new Error('no luck')
      return { batchItemFailures: calls === 2 ? [{ itemIdentifier: 'nobody' }] : [] }
    })

    queues.send('welcome-customer', 'once more')

    await untilEmpty()
    expect(calls).toBe(3)
    expect(queues.deadLetters('welcome-customer')).toEqual([])
  })

  test('redrives dead letters to their queue', async () => {
    queues.send('welcome-customer-dlq', 'first')
    queues.send('welcome-customer-dlq', 'second')

    const counts = await redrive(sqs, 'welcome-customer-dlq', queues.url('welcome-customer'))

    expect(counts).toEqual({ found: 2, moved: 2 })
    expect(queues.deadLetters('welcome-customer')).toEqual([])
    expect(queues.ready('welcome-customer')).toBe(2)
  })

  test('keeps messages over a restart', async () => {
    queues.send('welcome-customer', 'still here')
    await stop()

    await start()

    expect(queues.ready('welcome-customer')).toBe(1)
  })
})
