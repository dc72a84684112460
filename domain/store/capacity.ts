import { AsyncLocalStorage } from 'node:async_hooks'

/** What a piece of work cost: capacity units, AWS calls and the longest chain of calls that waited for each other. */
export interface Spent {
  readUnits: number
  writeUnits: number
  calls: number
  byCommand: Record<string, number>
}

interface Consumed {
  CapacityUnits?: number
  ReadCapacityUnits?: number
  WriteCapacityUnits?: number
}

const writes = new Set(['PutItemCommand', 'UpdateItemCommand', 'DeleteItemCommand', 'TransactWriteItemsCommand', 'BatchWriteItemCommand'])
const meter = new AsyncLocalStorage<Spent>()

/** Runs `work` and answers its result with what it cost, by the database's own ReturnConsumedCapacity. */
export async function measure<T>(work: () => Promise<T>): Promise<{ result: T; spent: Spent }> {
  const spent: Spent = { readUnits: 0, writeUnits: 0, calls: 0, byCommand: {} }
  const result = await meter.run(spent, work)
  return { result, spent }
}

/** What the running measurement has counted so far, if there is one. */
export const spentSoFar = (): Spent | undefined => meter.getStore()

/** Adds one answered command to the running measurement. */
export function countCommand(name: string, consumed: Consumed | Consumed[] | undefined): void {
  const spent = meter.getStore()
  if (!spent) return
  spent.calls += 1
  spent.byCommand[name] = (spent.byCommand[name] ?? 0) + 1
  for (const part of Array.isArray(consumed) ? consumed : consumed ? [consumed] : [])
    if (writes.has(name)) spent.writeUnits += part.CapacityUnits ?? 0
    else spent.readUnits += part.CapacityUnits ?? 0
}
