/** The event source mapping of a DynamoDB stream on one machine: in order, at least once, from where it stopped last time. */
import {
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type _Record as StreamRecord,
} from '@aws-sdk/client-dynamodb-streams'
import type { LocalFunction } from '../lambda.ts'
import { publishInOrder } from './stream-batches.ts'
import { openPlaces, type StreamPlaces } from './stream-places.ts'

interface StreamReaderOptions {
  streams: DynamoDBStreamsClient
  streamArn: string
  publisher: LocalFunction
  /** File that keeps the place over restarts. */
  placeFile: string
  /** Called with the sequence number up to which the stream has been read. */
  passed(sequenceNumber: string): void
  /** Called with a record that failed too often and is left behind. */
  abandoned(record: StreamRecord): void
}

export interface StreamReader {
  /** Reads on at once instead of after its rest. */
  wake(): void
  /** Reads to the end; says whether there was anything to read when called or since. */
  drain(): Promise<boolean>
  stop(): Promise<void>
}

/** From one reading to the next; while nothing comes each rest is twice as long, up to the longest. */
const restMs = 200
const longestRestMs = 1_600
/** GetRecords answers so many at the most. */
const fullPage = 1000
const closed = 'closed'

export function startStreamReader(options: StreamReaderOptions): StreamReader {
  const places = openPlaces(options.placeFile, options.streamArn)
  const iterators = new Map<string, string>()
  let stopped = false
  let rest = restMs
  let timer: NodeJS.Timeout | undefined
  let current: Promise<boolean> = Promise.resolve(false)
  let next: Promise<boolean> | undefined
  const read = async (): Promise<boolean> => {
    clearTimeout(timer)
    try {
      const found = !stopped && (await readToEnd(options, places, iterators, () => stopped))
      rest = found ? restMs : Math.min(2 * rest, longestRestMs)
      return found
    } catch (error) {
      iterators.clear()
      if (!stopped) console.error(`The stream could not be read: ${error}`)
      return false
    } finally {
      if (!stopped) timer = setTimeout(schedule, rest)
    }
  }
  const schedule = (): Promise<boolean> => {
    next ??= current.then(() => {
      next = undefined
      current = read()
      return current
    })
    return next
  }
  void schedule()
  return {
    wake: () => void schedule(),
    drain: async () => {
      const before = current
      return (await schedule()) || (await before)
    },
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      await (next ?? current)
    },
  }
}

async function readToEnd(
  options: StreamReaderOptions,
  places: StreamPlaces,
  iterators: Map<string, string>,
  stopped: () => boolean,
): Promise<boolean> {
  if (iterators.size === 0) await openShards(options, places, iterators)
  let found = false
  for (const [shard, start] of [...iterators]) {
    let iterator: string | undefined = start
    while (iterator && !stopped()) {
      const command: GetRecordsCommand = new GetRecordsCommand({ ShardIterator: iterator })
      const page: { NextShardIterator?: string; Records?: StreamRecord[] } = await options.streams.send(command)
      const { Records: records = [] } = page
      await publishInOrder(options, records, (record) => places.save(shard, record.dynamodb!.SequenceNumber!), stopped)
      found ||= records.length > 0
      iterator = page.NextShardIterator
      if (records.length < fullPage && iterator) break
    }
    if (iterator) {
      iterators.set(shard, iterator)
      continue
    }
    // A closed shard has been read to its end; its children are found by looking at the stream again.
    places.save(shard, closed)
    iterators.clear()
  }
  return found
}

async function openShards(options: StreamReaderOptions, places: StreamPlaces, iterators: Map<string, string>): Promise<void> {
  const { StreamDescription } = await options.streams.send(new DescribeStreamCommand({ StreamArn: options.streamArn }))
  for (const shard of StreamDescription?.Shards ?? []) {
    const place = places.of(shard.ShardId!)
    if (place === closed) continue
    const from = place
      ? { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER' as const, SequenceNumber: place }
      : { ShardIteratorType: 'TRIM_HORIZON' as const }
    const { ShardIterator } = await options.streams.send(
      new GetShardIteratorCommand({ StreamArn: options.streamArn, ShardId: shard.ShardId, ...from }),
    )
    if (ShardIterator) iterators.set(shard.ShardId!, ShardIterator)
  }
}
