import { setTimeout } from 'node:timers/promises'
import { keepMonthEnds } from '../../domain/finance/month-end/keep-month-ends.ts'
import type { Context } from '../../domain/kernel/context.ts'

/** Counts the months of a tenant up to now, as its queue would. What is entered next is entered later than that. */
export async function countMonths(ctx: Context): Promise<void> {
  await setTimeout(2)
  const upTo = ctx.now()
  while (await keepMonthEnds(ctx, upTo));
  await setTimeout(2)
}
