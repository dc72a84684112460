import { QueryCommand } from '@aws-sdk/lib-dynamodb'
import { allEvents } from '../../events/registry.ts'
import type { Context } from '../kernel/context.ts'
import { send } from './database.ts'
import { type KeyParts, tenantKey } from './keys.ts'
import { outboxKeys } from './outbox.ts'
import { scatteredPartitions } from './scattered.ts'

/**
 * Names partitions of a tenant by their whole keys, from what stands in the table now. Some of them may be empty; all sources
 * together leave none out, which is what lets a tenant be exported, counted and deleted without a Scan. Who adds a kind of item
 * sees to it that a source names its partition.
 */
export type PartitionSource = (ctx: Context) => Iterable<string> | AsyncIterable<string>

/** Partitions that are known by name. */
export const namedPartitions =
  (...partitions: KeyParts[]): PartitionSource =>
  (ctx) =>
    partitions.map((partition) => tenantKey(ctx, partition))

/** Partitions of what is scattered (scattered.ts). */
export const scatteredFamilies = (...families: string[]): PartitionSource => namedPartitions(...families.flatMap(scatteredPartitions))

/** Partitions of everything that stands in these lists of gsi1. */
export const listedPartitions = (...lists: KeyParts[]): PartitionSource =>
  async function* partitions(ctx) {
    for (const list of lists) yield* partitionsIn(ctx, list)
  }

async function* partitionsIn(ctx: Context, list: KeyParts): AsyncGenerator<string> {
  let ExclusiveStartKey: Record<string, unknown> | undefined
  do {
    const page = await send<{ Items?: { pk: string }[]; LastEvaluatedKey?: Record<string, unknown> }>(
      ctx,
      new QueryCommand({
        TableName: ctx.db.table,
        IndexName: 'gsi1',
        KeyConditionExpression: '#index = :pk',
        ProjectionExpression: '#pk',
        ExpressionAttributeNames: { '#index': 'gsi1pk', '#pk': 'pk' },
        ExpressionAttributeValues: { ':pk': tenantKey(ctx, list) },
        ExclusiveStartKey,
      }),
    )
    for (const { pk } of page.Items ?? []) yield pk
    ExclusiveStartKey = page.LastEvaluatedKey
  } while (ExclusiveStartKey)
}

const eventLists = [...new Set(allEvents.map(({ name }) => name))].map(outboxKeys.name)

/**
 * What the store itself writes, and where events lie: every customer, and everything else that has a history, has at least one, and
 * events are never deleted, so that they name what is left of what was.
 */
export const storePartitions: PartitionSource[] = [
  scatteredFamilies('UNQ', 'COUNT', 'IDEM', 'USE', 'TURN'),
  namedPartitions(['RATE']),
  listedPartitions(...eventLists),
]

/** All partitions that the sources name, each once, in order. */
export async function everyPartition(ctx: Context, sources: readonly PartitionSource[]): Promise<string[]> {
  const found = new Set<string>()
  for (const source of sources) for await (const partition of source(ctx)) found.add(partition)
  return [...found].sort()
}
