import type { Context } from '../../kernel/context.ts'
import { readOpenSums } from '../ageing/age-today.ts'
import { credits, type SumKey, sumOpen } from '../ageing/open-sums.ts'
import { openOfAll } from '../ledger/read-open.ts'
import type { BookFault } from './check-books.ts'

/**
 * Compares the sums that the totals of today are read from with what is open. They follow the books within seconds: a difference
 * that stays is a fault.
 */
export async function checkOpenSums(ctx: Context): Promise<BookFault[]> {
  const base = ctx.tenant.currency
  const [days, open] = await Promise.all([readOpenSums(ctx), openOfAll(ctx)])
  const computed = sumOpen(open, base)
  const kept = new Map<SumKey, number>()
  for (const { currency, dueOn, base: units, amount, count } of days) {
    const [month, day] = dueOn ? [dueOn.slice(0, 7), dueOn.slice(8)] : [credits, '']
    kept.set(`${currency} ${month} b${day}`, units)
    if (currency !== base) kept.set(`${currency} ${month} a${day}`, amount)
    kept.set(`${currency} ${month} n${day}`, count)
  }
  return [...new Set([...kept.keys(), ...computed.keys()])].flatMap((about) => {
    const fault = { about, what: 'sum of what is open', kept: kept.get(about) ?? 0, computed: computed.get(about) ?? 0 }
    return fault.kept === fault.computed ? [] : [fault]
  })
}
