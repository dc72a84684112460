import { BatchGetCommand, GetCommand } from '@aws-sdk/lib-dynamodb'
import type { Context, Database } from '../kernel/context.ts'
import { placeOf } from './staged-items.ts'

type Item = Record<string, unknown>
type Key = { pk: string; sk: string }
/** Items by their places; undefined where there is none. */
type Known = Map<string, Item | undefined>

/**
 * What several use cases are going to read, read together before them: what `foreseeing` reads consistently by key, `ctx` knows without a
 * call, until something is written there by either. Use it as briefly as a use case lives that reads, decides and writes: others may write
 * meanwhile, and only the conditions of what is written tell.
 */
export interface ReadAhead {
  ctx: Context
  foreseeing: Context
}

export function openReadAhead(ctx: Context): ReadAhead {
  const known: Known = new Map()
  const within = (isKept: boolean): Context => ({ ...ctx, db: databaseAhead(ctx.db, known, isKept) })
  return { ctx: within(false), foreseeing: within(true) }
}

function databaseAhead(base: Database, known: Known, isKept: boolean): Database {
  const keep = (key: Key, item: Item | undefined) => {
    if (isKept) known.set(placeOf(key), item)
  }
  return {
    table: base.table,
    send: (command, tenantId) => {
      const table: Database = { ...base, send: (inner) => base.send(inner, tenantId) }
      if (command instanceof GetCommand) return get(table, known, keep, command)
      if (command instanceof BatchGetCommand) return batchGet(table, known, keep, command)
      for (const key of writtenBy((command as { input: Input }).input)) known.delete(placeOf(key))
      return table.send(command)
    },
  }
}

type Keep = (key: Key, item: Item | undefined) => void

/** Not what may be a moment old, nor a part of an item. */
const isWhole = (read: { ConsistentRead?: boolean | undefined; ProjectionExpression?: string | undefined }): boolean =>
  read.ConsistentRead === true && !read.ProjectionExpression

async function get(base: Database, known: Known, keep: Keep, command: GetCommand): Promise<{ Item?: Item | undefined }> {
  const key = command.input.Key as Key
  if (!isWhole(command.input)) return (await base.send(command)) as object
  if (known.has(placeOf(key))) return { Item: known.get(placeOf(key)) }
  const answer = (await base.send(command)) as { Item?: Item }
  keep(key, answer.Item)
  return answer
}

interface BatchAnswer {
  Responses?: Record<string, Item[]>
  UnprocessedKeys?: Record<string, { Keys?: Key[] }>
}

async function batchGet(base: Database, known: Known, keep: Keep, command: BatchGetCommand): Promise<object> {
  const [[table, { Keys = [], ...options }]] = Object.entries(command.input.RequestItems!) as [[string, { Keys?: Key[] }]]
  if (!isWhole(options)) return (await base.send(command)) as object
  const there = Keys.flatMap((key) => known.get(placeOf(key)) ?? [])
  const rest = Keys.filter((key) => !known.has(placeOf(key)))
  if (rest.length === 0) return { Responses: { [table]: there } }
  const answer = (await base.send(new BatchGetCommand({ RequestItems: { [table]: { ...options, Keys: rest } } }))) as BatchAnswer
  const found = new Map((answer.Responses?.[table] ?? []).map((item) => [placeOf(item as Key), item]))
  const unread = new Set((answer.UnprocessedKeys?.[table]?.Keys ?? []).map(placeOf))
  for (const key of rest) if (!unread.has(placeOf(key))) keep(key, found.get(placeOf(key)))
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
