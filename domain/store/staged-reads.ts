import { BatchGetCommand, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb'
import type { Database } from '../kernel/context.ts'
import { entryAfter } from './entry.ts'
import { type Item, type Key, placeOf } from './item.ts'
import type { StagedItem, StagedItems } from './staged-items.ts'
import { talliesIn } from './tally.ts'

/** The item as it will be; undefined when the table has to be asked. */
const known = (items: StagedItems, key: Key): StagedItem['after'] => items.get(placeOf(key))?.after

/** A count or a tally that is added to in this transaction, read in it. */
function added(items: StagedItems, key: Key, item: Item | undefined): Item | undefined {
  const { add, tally } = items.get(placeOf(key))?.action ?? {}
  if (tally) return { ...key, ...talliesIn(item ?? {}, tally) }
  return add ? { ...key, ...item, n: Number(item?.n ?? 0) + add.by } : item
}

async function stagedGet(base: Database, items: StagedItems, command: GetCommand): Promise<{ Item?: Item | undefined }> {
  const key = command.input.Key as Key
  const staged = known(items, key)
  if (staged) return { Item: structuredClone(staged.item) }
  const { Item } = (await base.send(command)) as { Item?: Item }
  return { Item: added(items, key, Item) }
}

async function stagedBatchGet(base: Database, items: StagedItems, command: BatchGetCommand): Promise<object> {
  const [[table, { Keys = [], ...options }]] = Object.entries(command.input.RequestItems!) as [[string, { Keys?: Key[] }]]
  const staged = Keys.flatMap((key) => known(items, key)?.item ?? []).map((item) => structuredClone(item))
  const rest = Keys.filter((key) => !known(items, key))
  if (rest.length === 0) return { Responses: { [table]: staged } }
  const answer = (await base.send(new BatchGetCommand({ RequestItems: { [table]: { ...options, Keys: rest } } }))) as {
    Responses?: Record<string, Item[]>
  }
  const found = answer.Responses?.[table] ?? []
  return { ...answer, Responses: { [table]: [...withChanges(items, rest, found), ...staged] } }
}

/** What was read, with the entries and tallies as they are changed in this transaction. */
function withChanges(items: StagedItems, keys: Key[], found: Item[]): Item[] {
  const changed = keys.flatMap((key): Item[] => {
    const { entry, tally } = items.get(placeOf(key))?.action ?? {}
    const item = found.find(({ pk, sk }) => pk === key.pk && sk === key.sk)
    return entry ? [entryAfter(item, key, entry)] : tally ? [added(items, key, item)!] : []
  })
  const places = new Set(changed.map((item) => placeOf(item as Key)))
  return [...found.filter((item) => !places.has(placeOf(item as Key))), ...changed]
}

interface QueryAnswer {
  Items?: Item[]
  LastEvaluatedKey?: Item | undefined
}

const understood = '#pk = :pk AND #sk BETWEEN :low AND :high'

/** False for an item that leaves the partition of a query by what is staged. */
const isWithin = ({ ExpressionAttributeNames: names, ExpressionAttributeValues: values }: QueryCommand['input'], item: Item): boolean =>
  item[names!['#pk']!] === values![':pk']

/** What is staged in the range of a query, changed and added items alike, in the order of the query. */
function inRange(items: StagedItems, input: QueryCommand['input'], end: Item | undefined): Item[] {
  const { '#pk': pk, '#sk': sk } = input.ExpressionAttributeNames as { '#pk': string; '#sk': string }
  const { ':pk': partition, ':low': low, ':high': high } = input.ExpressionAttributeValues as Record<string, string>
  const reverse = input.ScanIndexForward === false
  const limit = end?.[sk] as string | undefined
  return [...items.values()].flatMap(({ after }): Item[] => {
    const item = after?.item
    if (!item || item[pk] !== partition) return []
    const at = item[sk] as string
    const beyond = limit !== undefined && (reverse ? at < limit : at > limit)
    return at >= low! && at <= high! && !beyond ? [structuredClone(item)] : []
  })
}

async function stagedQuery(base: Database, items: StagedItems, command: QueryCommand): Promise<QueryAnswer> {
  const { input } = command
  if (input.KeyConditionExpression !== understood || input.FilterExpression) throw new Error('stage: a query of an unknown form')
  const sk = input.ExpressionAttributeNames!['#sk']!
  const found: Item[] = []
  let end = input.ExclusiveStartKey as Item | undefined
  // What is staged as deleted or moved leaves gaps in a page of the table: the next page fills them.
  do {
    const answer = (await base.send(new QueryCommand({ ...input, ExclusiveStartKey: end }))) as QueryAnswer
    const unknown = (answer.Items ?? []).filter((item) => !known(items, item as Key))
    found.push(...unknown.map((item) => added(items, item as Key, item)!).filter((item) => isWithin(input, item)))
    end = answer.LastEvaluatedKey
  } while (end && found.length < (input.Limit ?? 1))
  const all = [...found, ...inRange(items, input, end)]
  const direction = input.ScanIndexForward === false ? -1 : 1
  all.sort((a, b) => (String(a[sk]) < String(b[sk]) ? -direction : direction))
  return { Items: all, LastEvaluatedKey: end }
}

/**
 * The database as it will be when what is staged is written: reads by key and by range see it. Writes outside a commit
 * (a rate counter) go through.
 */
export const stagedDatabase = (base: Database, items: () => StagedItems): Database => ({
  table: base.table,
  send: (command, tenantId) => {
    const table: Database = { ...base, send: (inner) => base.send(inner, tenantId) }
    if (command instanceof GetCommand) return stagedGet(table, items(), command)
    if (command instanceof BatchGetCommand) return stagedBatchGet(table, items(), command)
    return command instanceof QueryCommand ? stagedQuery(table, items(), command) : table.send(command)
  },
})
