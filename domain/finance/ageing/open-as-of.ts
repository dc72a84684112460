import type { Context } from '../../kernel/context.ts'
import { addDays, today } from '../../kernel/dates.ts'
import { partitionOf } from '../../kernel/ids.ts'
import { plainItem, type RawItem, readRaw } from '../../store/raw.ts'
import { addChange, changesOf, type OpenBalance, type OpenBalances } from '../ledger/open-change.ts'
import { allOpen, isReceivable, openItemOf } from '../ledger/open-item.ts'
import { postingsBetween } from '../ledger/read-postings.ts'
import { isNothing } from '../month-end/month-end.ts'
import { openByMonthEnd } from '../month-end/open-at-month-end.ts'

/** What was open on a day, and who has the customer, where that is known. */
export interface OpenAsOf extends OpenBalance {
  /** False of what is settled by now and of a month's end: the customer itself says who has it. */
  isOwnerKnown: boolean
  ownerId: string | undefined
}

/** All that is open now: 20,000 items are 0.02 RRU and 20 µs each. */
async function openNow(ctx: Context): Promise<Map<string, OpenAsOf>> {
  const found = new Map<string, OpenAsOf>()
  const take = (page: RawItem[]) => {
    for (const raw of page) {
      const { id, home, ownerId, currency, balance, base, issuedOn, dueOn = issuedOn } = openItemOf(plainItem(raw), ctx.tenant.currency)
      const what = { id, kind: isReceivable({ id }) ? ('receivable' as const) : ('credit' as const), partition: partitionOf(home) }
      found.set(id, { ...what, ownerId, isOwnerKnown: true, currency, amount: balance, balance: base, issuedOn, dueOn })
    }
  }
  await Promise.all(allOpen.map(({ partition }) => readRaw(ctx, partition, ['sk', 'b', 'B', 'c', 'i', 'd', 'o'], take)))
  return found
}

/** What is open now with the later postings taken back: it costs as much as happened since. */
async function openBackFromNow(ctx: Context, asOf: string, now: string): Promise<OpenBalances> {
  const open: OpenBalances = await openNow(ctx)
  // A day of ours may have begun where this function's clock has not got yet.
  for await (const page of postingsBetween(ctx, addDays(asOf, 1), addDays(now, 1)))
    for (const posting of page) for (const change of changesOf(posting)) if (change.on > asOf) addChange(open, change, -1)
  return open
}

/**
 * What was open at the end of a day: of receivables issued by then, by the postings dated up to then. A day whose month was counted
 * is read from the end of that month, so that it costs the same however long ago it is; another one from what is open now.
 */
export async function openAsOf(ctx: Context, asOf: string): Promise<OpenAsOf[]> {
  const now = today(ctx)
  const open = asOf < now ? ((await openByMonthEnd(ctx, asOf)) ?? (await openBackFromNow(ctx, asOf, now))) : await openNow(ctx)
  const all: (OpenBalance & Partial<OpenAsOf>)[] = [...open.values()]
  return all.filter((balance) => !isNothing(balance)).map((balance) => ({ isOwnerKnown: false, ownerId: undefined, ...balance }))
}
