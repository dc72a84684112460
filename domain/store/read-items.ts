import { BatchGetCommand } from '@aws-sdk/lib-dynamodb'
import type { Context } from '../kernel/context.ts'
import { send } from './database.ts'
import { type ItemKey, itemKey } from './entity-definition.ts'
import { type Item, type Key, placeOf } from './item.ts'
import { pause } from './pause.ts'

/** Reads before a write are consistent; reads for an answer cost half and may be a moment old (docs/adr/0003-consistency.md). */
export interface ReadOptions {
  consistent?: boolean
}

const mostKeys = 100

/** Items by their keys, in the order of the keys; undefined where there is none. One call for up to 100. */
export async function readItems(ctx: Context, keys: readonly ItemKey[], options: ReadOptions = {}): Promise<(Item | undefined)[]> {
  const wanted = keys.map((key) => itemKey(ctx, key))
  const found = new Map(
    (await getAll(ctx, [...new Map(wanted.map((key) => [placeOf(key), key])).values()], options)).map((item) => [
      placeOf(item as Key),
      item,
    ]),
  )
  return wanted.map((key) => found.get(placeOf(key)))
}

/** What stands at the keys, in no order; no call for no keys. */
export async function getAll(ctx: Context, keys: Key[], options: ReadOptions): Promise<Item[]> {
  const chunks = Array.from({ length: Math.ceil(keys.length / mostKeys) }, (_, i) => keys.slice(i * mostKeys, (i + 1) * mostKeys))
  return (await Promise.all(chunks.map((chunk) => batchGet(ctx, chunk, options)))).flat()
}

async function batchGet(ctx: Context, keys: Key[], options: ReadOptions): Promise<Item[]> {
  const items: Item[] = []
  let rest: object[] = keys
  for (let attempt = 1; rest.length > 0; attempt++) {
    const answer = await send<{
      Responses?: Record<string, Item[]>
      UnprocessedKeys?: Record<string, { Keys?: object[] }>
    }>(ctx, new BatchGetCommand({ RequestItems: { [ctx.db.table]: { Keys: rest, ConsistentRead: options.consistent ?? false } } }))
    items.push(...(answer.Responses?.[ctx.db.table] ?? []))
    rest = answer.UnprocessedKeys?.[ctx.db.table]?.Keys ?? []
    if (rest.length > 0) await pause(attempt)
  }
  return items
}
