import { BatchGetCommand, GetCommand } from '@aws-sdk/lib-dynamodb'
import type { Context, Database } from '../kernel/context.ts'
import { type ItemKey, itemKey } from './entity-definition.ts'
import { type Item, type Key, placeOf } from './item.ts'
import { databaseAhead, isWhole } from './read-ahead.ts'
import { unstaged } from './staging.ts'

/** BatchGetItem takes so many. */
const mostKeys = 100

/** The keys of a consistent read by key; undefined for any other command. */
function askedBy(command: unknown): Key[] | undefined {
  if (command instanceof GetCommand) return isWhole(command.input) ? [command.input.Key as Key] : undefined
  if (!(command instanceof BatchGetCommand)) return undefined
  const [read] = Object.values(command.input.RequestItems!)
  return isWhole(read!) ? (read!.Keys as Key[]) : undefined
}

/**
 * A context whose first consistent read by key takes these items along in its call: whoever reads them then is answered without one,
 * until something is written there. For a use case that knows from its input what it will look at after its record; use it as briefly
 * as that one lives. In a stage the items are read where they are asked for.
 */
export function readAlong(ctx: Context, keys: readonly ItemKey[]): Context {
  if (unstaged(ctx) !== ctx) return ctx
  const wanted = new Map<string, Key>()
  const known = new Map<string, Item | undefined>()
  const db = databaseAhead(ctx.db, {
    recall: (place) => (known.has(place) ? { item: known.get(place) } : undefined),
    forget: (place) => known.delete(place),
    keep: (place, item) => known.set(place, item),
  })
  const readTogether = async (asked: Key[], tenantId: string | undefined) => {
    // Only now: an id that is none, which nobody looks up, makes no key.
    for (const key of keys.map((one) => itemKey(ctx, one))) wanted.set(placeOf(key), key)
    const all = new Map([...asked.map((key) => [placeOf(key), key] as const), ...wanted])
    const request = { Keys: [...all.values()].slice(0, mostKeys), ConsistentRead: true }
    await db.send(new BatchGetCommand({ RequestItems: { [ctx.db.table]: request } }), tenantId)
  }
  let isFirst = true
  const send: Database['send'] = async (command, tenantId) => {
    const asked = isFirst ? askedBy(command) : undefined
    if (!asked) return db.send(command, tenantId)
    isFirst = false
    await readTogether(asked, tenantId)
    const answer = await db.send(command, tenantId)
    for (const key of asked) if (!wanted.has(placeOf(key))) known.delete(placeOf(key))
    return answer
  }
  return { ...ctx, db: { ...db, send } }
}
