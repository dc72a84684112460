import {
  type AttributeValue,
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type _Record as StreamRecord,
} from '@aws-sdk/client-dynamodb-streams'
import type { PassOn, StreamSource } from './stream.ts'
import { openPlaces, type StreamPlaces } from './stream-places.ts'

interface ShardsOptions {
  streams: DynamoDBStreamsClient
  streamArn: string
  /** File that keeps the place over restarts. */
  placeFile: string
}

/** GetRecords answers so many at the most. */
const fullPage = 1000
const closed = 'closed'

/** The records of a stream as DynamoDB gives them, shard by shard. */
export function streamShards({ streams, streamArn, placeFile }: ShardsOptions): StreamSource {
  const places = openPlaces(placeFile, streamArn)
  const iterators = new Map<string, string>()
  return {
    readToEnd: async (pass, stopped) => {
      try {
        if (iterators.size === 0) await openShards(streams, streamArn, places, iterators)
        return await readShards(streams, places, iterators, pass, stopped)
      } catch (error) {
        iterators.clear()
        throw error
      }
    },
    close: () => {},
  }
}

async function readShards(
  streams: DynamoDBStreamsClient,
  places: StreamPlaces,
  iterators: Map<string, string>,
  pass: PassOn,
  stopped: () => boolean,
): Promise<boolean> {
  let found = false
  for (const [shard, start] of [...iterators]) {
    let iterator: string | undefined = start
    while (iterator && !stopped()) {
      const command: GetRecordsCommand = new GetRecordsCommand({ ShardIterator: iterator })
      const page: { NextShardIterator?: string; Records?: StreamRecord[] } = await streams.send(command)
      const records = (page.Records ?? []).map(withEmptyMapsIn)
      await pass(records, (record) => places.save(shard, record.dynamodb!.SequenceNumber!))
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

async function openShards(
  streams: DynamoDBStreamsClient,
  streamArn: string,
  places: StreamPlaces,
  iterators: Map<string, string>,
): Promise<void> {
  const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn: streamArn }))
  for (const shard of StreamDescription?.Shards ?? []) {
    const place = places.of(shard.ShardId!)
    if (place === closed) continue
    const from = place
      ? { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER' as const, SequenceNumber: place }
      : { ShardIteratorType: 'TRIM_HORIZON' as const }
    const { ShardIterator } = await streams.send(new GetShardIteratorCommand({ StreamArn: streamArn, ShardId: shard.ShardId, ...from }))
    if (ShardIterator) iterators.set(shard.ShardId!, ShardIterator)
  }
}

type Attributes = Record<string, AttributeValue>

const withEmptyMapsIn = ({ dynamodb, ...record }: StreamRecord): StreamRecord => ({
  ...record,
  dynamodb: { ...dynamodb, NewImage: withEmptyMaps(dynamodb?.NewImage ?? {}) },
})

/** Amazon's DynamoDB Local says `{}` for an empty map in its streams, where DynamoDB says `{ M: {} }`. */
const withEmptyMaps = (attributes: Attributes): Attributes =>
  Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, withEmptyMap(value)]))

function withEmptyMap(value: AttributeValue): AttributeValue {
  if (Object.keys(value).length === 0) return { M: {} }
  if (value.M) return { M: withEmptyMaps(value.M) }
  return value.L ? { L: value.L.map(withEmptyMap) } : value
}
