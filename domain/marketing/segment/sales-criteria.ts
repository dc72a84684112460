import type { Context } from '../../kernel/context.ts'
import { addDays, BusinessDate, daysBetween, today } from '../../kernel/dates.ts'
import { invalid } from '../../kernel/errors.ts'
import { digitsOf } from '../../kernel/money.ts'
import type { PersonField } from '../../parties/index.ts'

interface Period {
  from: string
  to: string
}

const named = /^customer\.(ordered|orders|bought)(?:\.(?:(\d{1,4})d|(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})))?$/
const mostDays = 1100

/** Set, so that who bought nothing did not buy this either: what is unset is neither. */
const nothing = ['']

type What = 'ordered' | 'orders' | 'bought'

export interface SalesCriterion {
  field: string
  what: What
  period: Period
}

function periodOf(ctx: Context, days: string | undefined, from: string | undefined, to: string | undefined): Period | undefined {
  const day = today(ctx)
  if (days !== undefined) return { from: addDays(day, -Number(days)), to: day }
  if (from === undefined || to === undefined) return { from: addDays(day, -(mostDays - 5)), to: day }
  return BusinessDate.safeParse(from).success && BusinessDate.safeParse(to).success && from <= to ? { from, to } : undefined
}

/**
 * What a field of a segment asks of sales: `customer.ordered.90d` or `customer.ordered.2026-01-01..2026-03-31` for the amount without tax,
 * `customer.orders.90d` for how many orders, `customer.bought`, also with such a period, for products. Undefined for any other field. 422 `segment.period` for days that are
 * none or the wrong way round, `segment.period-too-long` for more than three years: no index goes further back.
 */
export function salesCriterion(ctx: Context, { field, op }: { field: string; op: string }, pointer: string): SalesCriterion | undefined {
  const parts = named.exec(field)
  if (!parts) return undefined
  const [, what, days, from, to] = parts as unknown as [string, What, string?, string?, string?]
  if (what === 'bought' && op === 'isNull')
    throw invalid('segment.not-served', pointer, 'For who bought nothing at all compare customer.ordered.<time> with eq 0.')
  if (what !== 'bought' && days === undefined && from === undefined)
    throw invalid('segment.period', pointer, `Say in which time: customer.${what}.90d, or customer.${what}.2026-01-01..2026-03-31.`)
  const period = periodOf(ctx, days, from, to)
  if (!period) throw invalid('segment.period', pointer, 'A period goes from one day to a later one, such as 2026-01-01..2026-03-31.')
  if (daysBetween(period.from, period.to) > mostDays)
    throw invalid('segment.period-too-long', pointer, `Sales are asked for over at most ${mostDays} days.`)
  return { field, what, period }
}

/** The criterion before anything is read: enough to check a tree. */
export const salesField = ({ what }: SalesCriterion): PersonField => ({ kind: what === 'bought' ? 'ids' : 'number', of: () => undefined })

interface Bought {
  amount: number
  orders: number
  products: Set<string>
}

/** What the customers bought in a time, by their partitions. */
async function boughtIn(ctx: Context, period: Period, whose: (partition: string) => string): Promise<Map<string, Bought>> {
  const found = new Map<string, Bought>()
  await ctx.sales(ctx, period, ({ partition, amount, productIds }) => {
    const customer = whose(partition)
    const sum = found.get(customer) ?? { amount: 0, orders: 0, products: new Set(nothing) }
    found.set(customer, sum)
    sum.amount += amount
    sum.orders += 1
    for (const id of productIds) sum.products.add(id)
  })
  return found
}

/** The criteria with what sales say; each period is read once, whatever is asked of it. A customer that bought nothing comes to 0. */
export async function loadSales(
  ctx: Context,
  criteria: readonly SalesCriterion[],
  whose: (partition: string) => string,
): Promise<Record<string, PersonField>> {
  const found: Record<string, PersonField> = {}
  const periods = new Map<string, Map<string, Bought>>()
  const unit = 10 ** digitsOf(ctx.tenant.currency)
  for (const { field, what, period } of criteria) {
    const name = `${period.from} ${period.to}`
    const bought = periods.get(name) ?? (await boughtIn(ctx, period, whose))
    periods.set(name, bought)
    const of = (partition: string) => bought.get(whose(partition))
    if (what === 'bought') found[field] = { kind: 'ids', of: (_, partition) => [...(of(partition)?.products ?? nothing)] }
    else if (what === 'orders') found[field] = { kind: 'number', of: (_, partition) => of(partition)?.orders ?? 0 }
    else found[field] = { kind: 'number', of: (_, partition) => (of(partition)?.amount ?? 0) / unit }
  }
  return found
}
