import { GetCommand } from '@aws-sdk/lib-dynamodb'
import type { Context } from '../kernel/context.ts'
import { notFound } from '../kernel/errors.ts'
import { isId } from '../kernel/ids.ts'
import { send } from './database.ts'
import { detailKey } from './detail.ts'
import { recordOf } from './entity.ts'
import { type EntityDefinition, itemKey, type Stored } from './entity-definition.ts'
import type { Item, Key } from './item.ts'
import { getAll, type ReadOptions } from './read-items.ts'
import { redirectType } from './redirect.ts'

/** Stands at the key of a record that was merged into another one, `to` (redirect.ts): reads by the old id answer with that one. */
const isRedirect = (item: Item | undefined): item is Item & { to: string } => item?.entity === redirectType

/**
 * One record by id, or undefined: unknown, malformed and foreign ids look the same. One that was merged away is answered by
 * the one it was merged into, at the cost of a second call.
 */
export async function find<T extends Stored>(
  ctx: Context,
  entity: EntityDefinition<T>,
  id: string,
  options: ReadOptions = {},
): Promise<T | undefined> {
  if (!isId(entity.prefix, id)) return undefined
  if (entity.detail) return (await findMany(ctx, [{ entity, id }], options)).get(id) as T | undefined
  const Key = itemKey(ctx, entity.key(id))
  const { Item } = await send<{ Item?: Item }>(
    ctx,
    new GetCommand({ TableName: ctx.db.table, Key, ConsistentRead: options.consistent ?? false }),
  )
  if (Item?.id !== id) return undefined
  return isRedirect(Item) && entity.type !== redirectType ? find(ctx, entity, Item.to, options) : recordOf(entity, Item)
}

/** One record by id; 404 `<noun>.not-found`. */
export async function get<T extends Stored>(ctx: Context, entity: EntityDefinition<T>, id: string, options: ReadOptions = {}): Promise<T> {
  const record = await find(ctx, entity, id, options)
  if (!record) throw notFound(entity.type)
  return record
}

/** The record of an item, with its detail where it has one among `items`. */
function whole<T extends Stored>(entity: EntityDefinition<T>, own: Item, items: Item[], at: Key | undefined): T {
  const detail = at && items.find(({ pk, sk }) => pk === at.pk && sk === at.sk)
  return detail ? { ...recordOf(entity, own), ...recordOf(entity, detail) } : recordOf(entity, own)
}

/** Several records, of several kinds, in as few calls as possible; what does not exist is missing from the map (by id). */
export async function findMany(
  ctx: Context,
  wanted: { entity: { type: string; prefix: string }; id: string }[],
  options: ReadOptions = {},
): Promise<Map<string, Stored>> {
  const definitions = new Map<string, EntityDefinition<Stored>>()
  const keys = new Map<string, Key>()
  const details = new Map<string, Key>()
  for (const { entity, id } of wanted) {
    const definition = entity as EntityDefinition<Stored>
    definitions.set(definition.type, definition)
    if (!isId(definition.prefix, id)) continue
    keys.set(id, itemKey(ctx, definition.key(id)))
    const detail = detailKey(definition, id)
    if (detail) details.set(id, itemKey(ctx, detail))
  }
  const found = new Map<string, Stored>()
  const redirects: (Item & { to: string })[] = []
  const items = await getAll(ctx, [...keys.values(), ...details.values()], options)
  for (const item of items) {
    const definition = definitions.get(item.entity as string)
    if (definition && keys.has(item.id as string))
      found.set(item.id as string, whole(definition, item, items, details.get(item.id as string)))
    else if (isRedirect(item) && keys.has(item.id as string)) redirects.push(item)
  }
  if (redirects.length === 0) return found
  const targets = redirects.map(({ of, to }) => ({ entity: definitions.get(of as string)!, id: to }))
  const further = await findMany(ctx, targets, options)
  for (const { id, to } of redirects) if (further.has(to)) found.set(id as string, further.get(to)!)
  return found
}

/** Records by their ids, in the order of the ids; what is gone is left out, and a merged one answered by its survivor once. */
export async function findInOrder<T extends Stored>(
  ctx: Context,
  entity: EntityDefinition<T>,
  ids: readonly string[],
  options: ReadOptions = {},
): Promise<T[]> {
  const wanted = ids.map((id) => ({ entity, id }))
  return inOrder(ids, await findMany(ctx, wanted, options)) as T[]
}

/** What was found by these ids, in their order and none twice. */
export function inOrder(ids: readonly string[], found: ReadonlyMap<string, Stored>): Stored[] {
  return [...new Map(ids.flatMap((id) => found.get(id) ?? []).map((record) => [record.id, record])).values()]
}

/**
 * The records in whose partitions things live (their customers), by the id of the thing or of the record itself. The
 * partition decides whose a thing is; that of a record merged away belongs to the one it was merged into.
 */
export async function findParents<P extends Stored>(
  ctx: Context,
  parent: EntityDefinition<P>,
  ids: Iterable<string>,
  options: ReadOptions = {},
): Promise<Map<string, P>> {
  const keyOf = new Map([...new Set(ids)].map((id) => [id, itemKey(ctx, parent.key(id))]))
  const distinct = new Map([...keyOf.values()].map((key) => [key.pk, key]))
  const items = new Map((await getAll(ctx, [...distinct.values()], options)).map((item) => [item.pk as string, item]))
  const targets = [...items.values()].filter(isRedirect).map(({ to }) => ({ entity: parent, id: to }))
  const further = await findMany(ctx, targets, options)
  const recordAt = (item: Item | undefined): P | undefined =>
    isRedirect(item) ? (further?.get(item.to) as P | undefined) : item?.entity === parent.type ? recordOf(parent, item) : undefined
  const all = [...keyOf].map(([id, { pk }]) => [id, recordAt(items.get(pk))] as const)
  return new Map(all.filter((entry): entry is readonly [string, P] => entry[1] !== undefined))
}

/**
 * A record and the one whose partition it lives in (its customer), found from one id in one call; in two when that one was
 * merged into another. Either is missing when it does not exist.
 */
export async function findWithin<T extends Stored, P extends Stored>(
  ctx: Context,
  entity: EntityDefinition<T>,
  parent: EntityDefinition<P>,
  id: string,
  options: ReadOptions = {},
): Promise<{ record?: T; parent?: P }> {
  if (!isId(entity.prefix, id)) return {}
  const detail = detailKey(entity, id)
  const beside = detail && itemKey(ctx, detail)
  const keys = [itemKey(ctx, entity.key(id)), itemKey(ctx, parent.key(id)), ...(beside ? [beside] : [])]
  const items = await getAll(ctx, keys, options)
  const own = items.find((item) => item.id === id)
  const found = items.find((item) => item.entity === parent.type)
  const redirect = items.find(isRedirect)
  const above = found ? recordOf(parent, found) : redirect && (await find(ctx, parent, redirect.to, options))
  return { ...(own ? { record: whole(entity, own, items, beside) } : {}), ...(above ? { parent: above } : {}) }
}
