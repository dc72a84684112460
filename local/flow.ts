import { join } from 'node:path'
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams'
import type { DynamoDBStreamEvent } from 'aws-lambda'
import { Problem } from '../domain/kernel/errors.ts'
import { sparing } from '../domain/store/sparing-client.ts'
import { wired } from '../domain/store/wire-client.ts'
import { consumers, schedules, streamPublisher, queues as workQueues } from '../functions/manifest.ts'
import { deadLetterQueue } from './aws/queues.ts'
import { type StreamSource, startStreamReader } from './aws/stream.ts'
import { streamShards } from './aws/stream-shards.ts'
import { startWorkers, type Work } from './aws/workers.ts'
import { type Emulators, queueNames } from './emulators.ts'
import { busName, tableName } from './environment.ts'
import type { LocalFunctions } from './functions.ts'
import { localFunction } from './lambda.ts'
import { startSchedules } from './schedules.ts'

/** What runs without being asked: the stream, the workers of the queues, the schedules. */
interface Flow {
  /** Something may have been written: the stream is read at once. */
  wake(): void
  /** Answers when the stream has been read to its end, all queues are empty and no function runs. */
  settle(): Promise<void>
}

const consumerBatch = { batchSize: 10, concurrency: 2 }
/** SES tells of each mail twice within a moment, and of many while many are sent. */
const sesGatherMs = 20
const streamTimeoutSeconds = 60
const longestSettleMs = 4 * 60_000

/** Starts what carries events and messages to the functions; what ends it is added to `stops`. */
export async function startFlow(
  { dynamo, queues, bus }: Emulators,
  functions: LocalFunctions,
  { dataDir, retrySeconds }: { dataDir: string; retrySeconds: number },
  stops: (() => unknown)[],
): Promise<Flow> {
  const works: Work[] = [...consumers.map((consumer) => ({ ...consumerBatch, ...consumer })), ...workQueues].map((work) => ({
    queue: work.name,
    worker: functions.workers.get(work.name)!,
    batchSize: work.batchSize,
    concurrency: work.concurrency,
    ...('source' in work && work.source === 'aws.ses' ? { gatherMs: sesGatherMs } : {}),
  }))
  const workers = startWorkers(queues, works, retrySeconds)
  stops.push(workers.stop)
  const { name } = streamPublisher
  const { publishOutbox } = await import('../functions/stream/publish-outbox.ts')
  const publish = (event: unknown) => publishOutbox((event as DynamoDBStreamEvent).Records, bus, busName)
  const reader = startStreamReader({
    source: await outboxSource(dynamo, join(dataDir, 'stream.json')),
    publisher: localFunction(name, publish, streamTimeoutSeconds),
    abandoned: (record) => queues.send(deadLetterQueue(name), JSON.stringify(record)),
  })
  stops.push(reader.stop)
  const timer = startSchedules(schedules, (name, time) => void fire(functions, name, time))
  stops.push(timer.stop)
  const open = () => queueNames.filter((name) => queues.open(name) > 0)
  return { wake: reader.wake, settle: () => settle(reader.drain, () => open().length + workers.running() > 0, open) }
}

async function outboxSource({ endpoint, outbox }: Emulators['dynamo'], placeFile: string): Promise<StreamSource> {
  if (outbox) return outbox(tableName, placeFile)
  const { Table } = await new DynamoDBClient().send(new DescribeTableCommand({ TableName: tableName }))
  const streams = wired(new DynamoDBStreamsClient({ endpoint, ...sparing }))
  return streamShards({ streams, streamArn: Table!.LatestStreamArn!, placeFile })
}

// As EventBridge starts a function: nobody waits for its answer.
async function fire(functions: LocalFunctions, name: string, time: string): Promise<void> {
  try {
    await functions.schedules.get(name)!.invoke({ name, time })
  } catch (error) {
    console.error(`The schedule ${name} of ${time} failed: ${error instanceof Error ? error.stack : error}`)
  }
}

// Only a reading of the stream that began while nothing was at work, found nothing, and left nothing at work is the end.
async function settle(drain: () => Promise<boolean>, busy: () => boolean, open: () => string[]): Promise<void> {
  const deadline = Date.now() + longestSettleMs
  while (Date.now() < deadline) {
    if (busy()) await new Promise((resolve) => setTimeout(resolve, 5))
    else if (!(await drain()) && !busy()) return
  }
  throw new Problem(
    'conflict',
    'settle.still-busy',
    `Still at work after ${longestSettleMs / 1000} s: ${open().join(', ') || 'the stream'}.`,
    {
      retryable: true,
    },
  )
}
