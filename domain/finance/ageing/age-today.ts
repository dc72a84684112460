import type { Context } from '../../kernel/context.ts'
import { queryAll } from '../../store/query.ts'
import { type Numbers, numbersOf } from '../../store/tally.ts'
import { type Ageing, addOpen, bucketsAsOf, noAgeing } from './ageing.ts'
import { allSums, daysOf, type SummedDay } from './open-sums.ts'

/** The sums of the tenant as they stand. */
export async function readOpenSums(ctx: Context): Promise<SummedDay[]> {
  const items = await queryAll(ctx, allSums)
  return items.flatMap((item) => daysOf({ ...numbersOf(item), sk: String(item.sk) } as { sk: string } & Numbers, ctx.tenant.currency))
}

/**
 * The ageing of all that is open now by due days, as of today or a day ahead: read from the sums, which follow the books within
 * seconds, instead of everything that is open.
 */
export async function ageToday(ctx: Context, asOf: string): Promise<{ total: Ageing; byCurrency: Map<string, Ageing> }> {
  const days = (await readOpenSums(ctx)).filter(({ count }) => count !== 0)
  const bucketOf = bucketsAsOf(asOf, 'dueOn')
  const total = noAgeing()
  const byCurrency = new Map<string, Ageing>()
  for (const { currency, dueOn, base, amount, count } of days) {
    const own = byCurrency.get(currency) ?? noAgeing()
    byCurrency.set(currency, own)
    const kind = dueOn ? 'receivable' : 'credit'
    const at = { kind, issuedOn: dueOn ?? asOf, dueOn: dueOn ?? asOf } as const
    addOpen(total, { ...at, balance: base }, bucketOf(at), asOf, count)
    addOpen(own, { ...at, balance: amount }, bucketOf(at), asOf, count)
  }
  const isForeign = [...byCurrency.keys()].some((currency) => currency !== ctx.tenant.currency)
  return { total, byCurrency: isForeign ? byCurrency : new Map() }
}
