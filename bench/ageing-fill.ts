import { putOpen } from '../domain/finance/ledger/open-item.ts'
import { post } from '../domain/finance/ledger/posting.table.ts'
import { keepMonthEnds } from '../domain/finance/month-end/keep-month-ends.ts'
import type { Context } from '../domain/kernel/context.ts'
import { addDays, today } from '../domain/kernel/dates.ts'
import { newId } from '../domain/kernel/ids.ts'
import { batchWriter } from './batch-writer.ts'

/** Customers with ten open receivables each. */
export const customers = 2_000
export const perCustomer = 10

/** Receivables of ten for each customer, due from a year ago to two months ahead. */
export async function fillOpen(ctx: Context): Promise<string[]> {
  const writer = batchWriter(ctx.db.table)
  const day = today(ctx)
  const homes = Array.from({ length: customers }, () => newId('cus', ctx.now()))
  for (const [i, home] of homes.entries())
    for (let n = 0; n < perCustomer; n++) {
      const dueOn = addDays(day, ((i * 7 + n * 41) % 425) - 365)
      const open = { id: newId('rcv', ctx.now(), home), home, balance: 10_000 + i * 13 + n, base: 10_000 + i * 13 + n, currency: 'CNY' }
      await writer.add(
        putOpen('CNY', { ...open, issuedOn: addDays(dueOn, -30), dueOn, ownerId: 'usr_01JD8ZQ4T5M6N7P8Q9R0S1T2V3' }).actions(ctx),
      )
    }
  await writer.end()
  return homes
}

/** In the middle of a day. */
export const noon = (on: string) => `${on}T12:00:00.000Z`

/** What of each customer was opened two years and a half ago: ten receivables of which nothing is settled. */
export async function fillOpenings(ctx: Context, homes: string[], on: string): Promise<void> {
  const writer = batchWriter(ctx.db.table)
  const then = { ...ctx, now: () => noon(on) }
  for (const [i, home] of homes.entries()) {
    const parts = Array.from({ length: perCustomer }, (_, n) => {
      const dueOn = addDays(on, (i * 7 + n * 41) % 425)
      return { receivableId: newId('rcv', noon(dueOn), home), amount: 10_000 + i, base: 10_000 + i, issuedOn: on, dueOn }
    })
    await writer.add(post(then, home, { on, kind: 'opening', customerId: home, currency: 'CNY', parts }).actions(then))
  }
  await writer.end()
}

/** What was opened and written off again on the days of some months, entered on these days. */
export async function fillHistory(ctx: Context, homes: string[], count: number, { from, months }: { from: string; months: number }) {
  const writer = batchWriter(ctx.db.table)
  for (let n = 0; n < count; n++) {
    const home = homes[n % homes.length]!
    const on = addDays(from, Math.floor(((n >> 1) * months * 30) / (count >> 1)))
    const then = { ...ctx, now: () => noon(on) }
    const part = { receivableId: `rcv_${'0'.repeat(10)}${home.slice(14, 24)}${String(n >> 1).padStart(6, '0')}`, issuedOn: on, dueOn: on }
    const [kind, units] = n % 2 ? (['write-off', -100] as const) : (['opening', 100] as const)
    await writer.add(
      post(then, home, {
        on,
        kind,
        customerId: home,
        currency: 'CNY',
        parts: [{ ...part, amount: units, base: units }],
      }).actions(then),
    )
  }
  await writer.end()
}

/** The months as the daily run counts them. */
export async function countMonths(ctx: Context): Promise<void> {
  const upTo = ctx.now()
  while (await keepMonthEnds(ctx, upTo));
}
