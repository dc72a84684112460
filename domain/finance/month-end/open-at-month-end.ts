import type { Context } from '../../kernel/context.ts'
import { addDays } from '../../kernel/dates.ts'
import { addChange, changesOf, type OpenBalances } from '../ledger/open-change.ts'
import { postedLate, postingsBetween } from '../ledger/read-postings.ts'
import { readMonth, readMonthEnds } from './month-end.table.ts'
import { type CountedMonth, lastUpTo, type MonthEnds, monthOf } from './month-end.ts'

async function endOf(ctx: Context, { months }: MonthEnds, month: string): Promise<CountedMonth | undefined> {
  const last = lastUpTo(months, month)
  if (!last) return { open: new Map(), strays: [] }
  const counted = await readMonth(ctx, last, months[last]!)
  // In the months since nothing has moved: what strayed into the last one is of days before.
  return counted && last < month ? { ...counted, strays: [] } : counted
}

/** Takes back what counts from the days of a month behind one of them, as it was counted. */
async function takeBack(ctx: Context, { open, strays }: CountedMonth, { cut, months }: MonthEnds, asOf: string): Promise<void> {
  const month = monthOf(asOf)
  for (const change of strays) if (change.on > asOf) addChange(open, change, -1)
  if (!months[month]) return
  for await (const page of postingsBetween(ctx, addDays(asOf, 1), `${month}-31`))
    for (const posting of page)
      if (posting.createdAt <= cut)
        for (const change of changesOf(posting)) if (change.on > asOf && monthOf(change.on) === month) addChange(open, change, -1)
}

/**
 * What was open at the end of a past day, from the end of its month, whatever happened since: what counts from later days of the
 * month is taken back, and what was entered for earlier days since the months were counted is added. Undefined while the month was
 * not counted.
 */
export async function openByMonthEnd(ctx: Context, asOf: string): Promise<OpenBalances | undefined> {
  const ends = await readMonthEnds(ctx)
  if (!ends || monthOf(asOf) > ends.through) return undefined
  const counted = await endOf(ctx, ends, monthOf(asOf))
  if (!counted) return undefined
  await takeBack(ctx, counted, ends, asOf)
  // Where it was entered the clock may have got further than ours.
  for await (const page of postedLate(ctx, ends.cut, addDays(ctx.now().slice(0, 10), 2)))
    for (const posting of page) for (const change of changesOf(posting)) if (change.on <= asOf) addChange(counted.open, change)
  return counted.open
}
