import { BatchGetCommand, GetCommand } from '@aws-sdk/lib-dynamodb'
import type { Context, Database } from '../kernel/context.ts'
import { type Item, type Key, placeOf } from './item.ts'
import type { LastingItems } from './lasting-items.ts'

/** Items by their places; undefined where there is none. */
type Known = Map<string, Item | undefined>

/**
 * What several use cases are going to read, read together before them: what `foreseeing` reads consistently by key, `ctx` knows without a
 * call, until something is written there by either. Use it as briefly as a use case lives that reads, decides and writes: others may write
 * meanwhile, and only the conditions of what is written tell. `lasting` items are known for longer, by all that share them.
 */
interface ReadAhead {
  ctx: Context
  foreseeing: Context
}

/** Opens a reading ahead, empty; what is `lasting` is known from the start. */
export function openReadAhead(ctx: Context, lasting?: LastingItems): ReadAhead {
  const known: Known = new Map()
  const memory: Memory = {
    recall: (place) => {
      const item = known.get(place) ?? lasting?.find(place)
      return item || known.has(place) ? { item } : undefined
    },
    forget: (place) => {
      known.delete(place)
      lasting?.forget(place)
    },
    keep: () => {},
  }
  const keep = (place: string, item: Item | undefined) => {
    known.set(place, item)
    if (item) lasting?.keep(place, item)
  }
  return { ctx: { ...ctx, db: databaseAhead(ctx.db, memory) }, foreseeing: { ...ctx, db: databaseAhead(ctx.db, { ...memory, keep }) } }
}

/** What reads by key are answered from. */
interface Memory {
  /** What is known to stand there; undefined where it has to be read. */
  recall(place: string): { item: Item | undefined } | undefined
  forget(place: string): void
  keep(place: string, item: Item | undefined): void
}

/** A database that asks a memory first, tells it what it read, and takes out of it what is written. */
export function databaseAhead(base: Database, memory: Memory): Database {
  return {
    table: base.table,
    send: (command, tenantId) => {
      const table: Database = { ...base, send: (inner) => base.send(inner, tenantId) }
      if (command instanceof GetCommand) return get(table, memory, command)
      if (command instanceof BatchGetCommand) return batchGet(table, memory, command)
      for (const key of writtenBy((command as { input: Input }).input)) memory.forget(placeOf(key))
      return table.send(command)
    },
  }
}

/** Not what may be a moment old, nor a part of an item. */
export const isWhole = (read: { ConsistentRead?: boolean | undefined; ProjectionExpression?: string | undefined }): boolean =>
  read.ConsistentRead === true && !read.ProjectionExpression

async function get(base: Database, memory: Memory, command: GetCommand): Promise<{ Item?: Item | undefined }> {
  const place = placeOf(command.input.Key as Key)
  if (!isWhole(command.input)) return (await base.send(command)) as object
  const known = memory.recall(place)
  if (known) return { Item: known.item }
  const answer = (await base.send(command)) as { Item?: Item }
  memory.keep(place, answer.Item)
  return answer
}

interface BatchAnswer {
  Responses?: Record<string, Item[]>
  UnprocessedKeys?: Record<string, { Keys?: Key[] }>
}

async function batchGet(base: Database, memory: Memory, command: BatchGetCommand): Promise<object> {
  const [[table, { Keys = [], ...options }]] = Object.entries(command.input.RequestItems!) as [[string, { Keys?: Key[] }]]
  if (!isWhole(options)) return (await base.send(command)) as object
  const recalled = Keys.map((key) => memory.recall(placeOf(key)))
  const there = recalled.flatMap((known) => known?.item ?? [])
  const rest = Keys.filter((_, i) => !recalled[i])
  if (rest.length === 0) return { Responses: { [table]: there } }
  const answer = (await base.send(new BatchGetCommand({ RequestItems: { [table]: { ...options, Keys: rest } } }))) as BatchAnswer
  const found = new Map((answer.Responses?.[table] ?? []).map((item) => [placeOf(item as Key), item]))
  const unread = new Set((answer.UnprocessedKeys?.[table]?.Keys ?? []).map(placeOf))
  for (const key of rest) if (!unread.has(placeOf(key))) memory.keep(placeOf(key), found.get(placeOf(key)))
  return { ...answer, Responses: { [table]: [...found.values(), ...there] } }
}

interface Action {
  Key?: Key
  Item?: Item
}

interface Input extends Action {
  TransactItems?: Record<string, Action>[]
}

/** Where a command writes, or holds to what it finds: none for one that reads. */
const writtenBy = ({ TransactItems = [], ...own }: Input): Key[] =>
  [own, ...TransactItems.flatMap((item) => Object.values(item))].flatMap(({ Key, Item }) => Key ?? (Item as Key | undefined) ?? [])
