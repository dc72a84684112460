import { BatchGetCommand, GetCommand } from '@aws-sdk/lib-dynamodb'
import type { Context } from '../kernel/context.ts'
import { notFound } from '../kernel/errors.ts'
import { isId } from '../kernel/ids.ts'
import { pause } from './commit.ts'
import { send } from './database.ts'
import { type EntityDefinition, itemKey, recordOf, type Stored } from './entity.ts'

/** Reads before a write are consistent; reads for an answer cost half and may be a moment old (docs/adr/0003-consistency.md). */
export interface ReadOptions {
  consistent?: boolean
}

/** One record by id, or undefined: unknown, malformed and foreign ids look the same. */
export async function find<T extends Stored>(
  ctx: Context,
  entity: EntityDefinition<T>,
  id: string,
  options: ReadOptions = {},
): Promise<T | undefined> {
  if (!isId(entity.prefix, id)) return undefined
  const Key = itemKey(ctx, entity.key(id))
  const { Item } = await send<{ Item?: Record<string, unknown> }>(
    ctx,
    new GetCommand({ TableName: ctx.db.table, Key, ConsistentRead: options.consistent ?? false }),
  )
  return Item?.id === id ? recordOf(entity, Item) : undefined
}

/** One record by id; 404 `<noun>.not-found`. */
export async function get<T extends Stored>(ctx: Context, entity: EntityDefinition<T>, id: string, options: ReadOptions = {}): Promise<T> {
  const record = await find(ctx, entity, id, options)
  if (!record) throw notFound(entity.type)
  return record
}

/** Something to be read with others in one call. */
export interface Wanted {
  entity: EntityDefinition<never> | EntityDefinition<Stored & Record<string, unknown>>
  id: string
}

const mostKeys = 100

/** Several records, of several kinds, in as few calls as possible; what does not exist is missing from the map (by id). */
export async function findMany(
  ctx: Context,
  wanted: { entity: { type: string; prefix: string }; id: string }[],
  options: ReadOptions = {},
): Promise<Map<string, Stored>> {
  const definitions = new Map<string, EntityDefinition<Stored>>()
  const keys = new Map<string, { pk: string; sk: string }>()
  for (const { entity, id } of wanted) {
    const definition = entity as unknown as EntityDefinition<Stored>
    definitions.set(definition.type, definition)
    if (isId(definition.prefix, id)) keys.set(id, itemKey(ctx, definition.key(id)))
  }
  const all = [...keys.values()]
  const found = new Map<string, Stored>()
  const chunks = Array.from({ length: Math.ceil(all.length / mostKeys) }, (_, i) => all.slice(i * mostKeys, (i + 1) * mostKeys))
  for (const items of await Promise.all(chunks.map((chunk) => batchGet(ctx, chunk, options))))
    for (const item of items) {
      const definition = definitions.get(item.entity as string)
      if (definition && keys.has(item.id as string)) found.set(item.id as string, recordOf(definition, item))
    }
  return found
}

/**
 * A record and the one whose partition it lives in (its customer), found from one id in one call. Either is missing when it
 * does not exist.
 */
export async function findWithin<T extends Stored, P extends Stored>(
  ctx: Context,
  entity: EntityDefinition<T>,
  parent: EntityDefinition<P>,
  id: string,
  options: ReadOptions = {},
): Promise<{ record?: T; parent?: P }> {
  if (!isId(entity.prefix, id)) return {}
  const items = await batchGet(ctx, [itemKey(ctx, entity.key(id)), itemKey(ctx, parent.key(id))], options)
  const own = items.find((item) => item.id === id)
  const above = items.find((item) => item.entity === parent.type)
  return { ...(own ? { record: recordOf(entity, own) } : {}), ...(above ? { parent: recordOf(parent, above) } : {}) }
}

async function batchGet(ctx: Context, keys: { pk: string; sk: string }[], options: ReadOptions): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = []
  let rest: object[] = keys
  for (let attempt = 1; rest.length > 0; attempt++) {
    const answer = await send<{
      Responses?: Record<string, Record<string, unknown>[]>
      UnprocessedKeys?: Record<string, { Keys?: object[] }>
    }>(ctx, new BatchGetCommand({ RequestItems: { [ctx.db.table]: { Keys: rest as never, ConsistentRead: options.consistent ?? false } } }))
    items.push(...(answer.Responses?.[ctx.db.table] ?? []))
    rest = answer.UnprocessedKeys?.[ctx.db.table]?.Keys ?? []
    if (rest.length > 0) await pause(attempt)
  }
  return items
}
