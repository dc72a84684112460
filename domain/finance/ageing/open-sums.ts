import { partitionOf } from '../../kernel/ids.ts'
import { customerPartition } from '../../parties/index.ts'
import type { ItemKey } from '../../store/entity-definition.ts'
import type { Range } from '../../store/query.ts'
import { type Numbers, tallyWrite } from '../../store/tally.ts'
import type { Write } from '../../store/write.ts'
import { isReceivable, type OpenItem } from '../ledger/open-item.ts'

/**
 * Sums of all that is open, by currency and due day: what the totals of today are read from. A month of a currency is one item with
 * numbers for each of its days (`b07` in the books' currency, `a07` in its own where that is another, `n07` how many), so that no
 * job has to move anything from one bucket to the next.
 */

/** A number of the sums: which item it stands in, and its name there. */
export type SumKey = `${string} ${string} ${string}`

/** Where credits stand: they have no due day. */
export const credits = 'credit'

const add = (sums: Map<SumKey, number>, key: SumKey, by: number) => void sums.set(key, (sums.get(key) ?? 0) + by)

/** What open items come to. */
export function sumOpen(open: readonly OpenItem[], base: string): Map<SumKey, number> {
  const sums = new Map<SumKey, number>()
  for (const item of open) {
    const [month, day] = isReceivable(item) ? [item.dueOn!.slice(0, 7), item.dueOn!.slice(8)] : [credits, '']
    const at = `${item.currency} ${month}` as const
    add(sums, `${at} b${day}`, item.base)
    if (item.currency !== base) add(sums, `${at} a${day}`, item.balance)
    add(sums, `${at} n${day}`, 1)
  }
  return sums
}

/** What is to be added to sums so that they come to others. */
export function difference(before: ReadonlyMap<SumKey, number>, after: ReadonlyMap<SumKey, number>): Map<SumKey, number> {
  const keys = new Set([...before.keys(), ...after.keys()])
  const changes = [...keys].map((key) => [key, (after.get(key) ?? 0) - (before.get(key) ?? 0)] as const)
  return new Map(changes.filter(([, by]) => by !== 0))
}

/** Access pattern: the sums of the tenant, half a KB a month; one Query. */
export const allSums: Range = { partition: ['OPEN-SUMS'] }

/** Where the sums of a currency stand: of what falls due in a month, or of `credit`. */
export const sumsKey = (currency: string, month: string): ItemKey => ({ pk: ['OPEN-SUMS'], sk: [currency, month] })

/** Access pattern: what of the sums comes from a partition of a customer; one get. */
export const shareKey = (home: string): ItemKey => ({ pk: customerPartition(home), sk: ['OPS', partitionOf(home)] })

/**
 * Adds to the sums, in the transaction that notes what of them comes from where. `mark` is another one each time: by it an item is known
 * to be as it was read, though it was taken away and began anew meanwhile.
 */
export function addToSums(changes: ReadonlyMap<SumKey, number>, mark: string): Write<void>[] {
  const items = new Map<string, Numbers>()
  for (const [key, by] of changes) {
    const [currency, month, name] = key.split(' ') as [string, string, string]
    const numbers = items.get(`${currency} ${month}`) ?? {}
    items.set(`${currency} ${month}`, { ...numbers, [name]: by })
  }
  return [...items].map(([at, numbers]) => {
    const [currency, month] = at.split(' ') as [string, string]
    return tallyWrite({ key: sumsKey(currency, month), add: numbers, set: { v: mark } })
  })
}

/** A number of the sums with its meaning: the due day, or none for credits. */
export interface SummedDay {
  currency: string
  dueOn: string | undefined
  base: number
  amount: number
  count: number
}

/** What an item of the sums says of each of its days. */
export function daysOf({ sk, ...numbers }: { sk: string } & Numbers, base: string): SummedDay[] {
  const [currency, month] = String(sk).split('#') as [string, string]
  const days = Object.keys(numbers).filter((name) => name.startsWith('b'))
  return days.map((name) => {
    const day = name.slice(1)
    const units = numbers[name]!
    const amount = currency === base ? units : (numbers[`a${day}`] ?? 0)
    return { currency, dueOn: month === credits ? undefined : `${month}-${day}`, base: units, amount, count: numbers[`n${day}`] ?? 0 }
  })
}
