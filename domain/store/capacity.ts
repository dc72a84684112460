import { AsyncLocalStorage } from 'node:async_hooks'

/** What a piece of work cost: capacity units, calls of DynamoDB, and the items that were read to give the answer. */
export interface Spent {
  readUnits: number
  writeUnits: number
  calls: number
  /** Of the calls, those that waited for one another. */
  series: number
  itemsRead: number
  byCommand: Record<string, number>
}

interface Consumed {
  CapacityUnits?: number
}

/** What of an answer of DynamoDB is counted; a failed command has none. */
export interface Answered {
  ConsumedCapacity?: Consumed | Consumed[]
  /** Items that a query looked at, also those it did not answer. */
  ScannedCount?: number
  Item?: object
  Responses?: Record<string, object[]> | object[]
}

const writes = new Set(['PutItemCommand', 'UpdateItemCommand', 'DeleteItemCommand', 'TransactWriteItemsCommand', 'BatchWriteItemCommand'])
const meter = new AsyncLocalStorage<Spent>()

/**
 * Runs `work` and answers its result with what it cost, by the database's own ReturnConsumedCapacity. Measurements nest: the
 * outer one counts what the inner one does.
 */
export async function measure<T>(work: () => Promise<T>): Promise<{ result: T; spent: Spent }> {
  const outer = meter.getStore()
  const spent: Spent = { readUnits: 0, writeUnits: 0, calls: 0, series: 0, itemsRead: 0, byCommand: {} }
  try {
    const result = await meter.run(spent, work)
    return { result, spent }
  } finally {
    if (outer) add(outer, { ...spent, series: outer.series + spent.series })
  }
}

/** A command that is being sent: which place in the series of calls it takes, behind all that have been answered. */
export const placeInSeries = (): number => (meter.getStore()?.series ?? 0) + 1

/** Adds one command to the running measurement; one that failed counts as a call. */
export function countCommand(name: string, series: number, answered: Answered = {}): void {
  const spent = meter.getStore()
  if (!spent) return
  const units = [answered.ConsumedCapacity ?? []].flat().reduce((sum, part) => sum + (part.CapacityUnits ?? 0), 0)
  const isWrite = writes.has(name)
  add(spent, {
    readUnits: isWrite ? 0 : units,
    writeUnits: isWrite ? units : 0,
    calls: 1,
    series,
    itemsRead: itemsOf(answered),
    byCommand: { [name]: 1 },
  })
}

const itemsOf = ({ ScannedCount, Item, Responses }: Answered): number =>
  (ScannedCount ?? 0) + (Item ? 1 : 0) + Object.values(Responses ?? {}).flat().length

function add(sum: Spent, more: Spent): void {
  sum.readUnits += more.readUnits
  sum.writeUnits += more.writeUnits
  sum.calls += more.calls
  sum.series = Math.max(sum.series, more.series)
  sum.itemsRead += more.itemsRead
  for (const [name, count] of Object.entries(more.byCommand)) sum.byCommand[name] = (sum.byCommand[name] ?? 0) + count
}
