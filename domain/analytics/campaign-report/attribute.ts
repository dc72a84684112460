import { addDays } from '../../kernel/dates.ts'
import { allocate } from '../../kernel/money.ts'
import type { SalesFact } from '../sales-report/sales-fact.ts'

export const attributions = ['last-touch', 'first-touch', 'linear'] as const
export type Attribution = (typeof attributions)[number]

/** A campaign that reached a customer, on a day of the firm. */
export interface DayTouch {
  on: string
  /** Tells the order of touches of one day. */
  at: string
  campaignId: string
}

/** What orders brought a campaign, in minor units of the books. */
export interface Credited {
  orders: number
  customers: Set<string>
  revenue: number
  grossProfit: number
  /** Revenue whose cost nobody knows: it adds nothing to the gross profit. */
  costUnknown: number
}

export const nothingCredited = (): Credited => ({ orders: 0, customers: new Set(), revenue: 0, grossProfit: 0, costUnknown: 0 })

/** What one document is worth: margins of lines whose cost is known, and the amount of the others. */
function worthOf({ amount, lines }: SalesFact): { revenue: number; grossProfit: number; costUnknown: number } {
  const known = lines.filter(({ margin }) => margin !== null)
  const costUnknown = lines.filter(({ margin }) => margin === null).reduce((sum, line) => sum + line.amount, 0)
  return { revenue: amount, grossProfit: known.reduce((sum, { margin }) => sum + margin!, 0), costUnknown }
}

/** The campaigns that an order is credited to, of the touches of its customer in the days before it, with their shares. */
export function creditedTo(touches: readonly DayTouch[], on: string, { model, days }: { model: Attribution; days: number }): string[] {
  const first = addDays(on, -days)
  const near = touches.filter((touch) => touch.on >= first && touch.on <= on).sort((a, b) => (a.at < b.at ? -1 : 1))
  if (near.length === 0) return []
  if (model === 'last-touch') return [near.at(-1)!.campaignId]
  return model === 'first-touch' ? [near[0]!.campaignId] : [...new Set(near.map(({ campaignId }) => campaignId))]
}

/** Adds one order to a campaign; of several that share in it each gets its part, and none is lost to rounding. */
export function creditOrder(
  credited: Map<string, Credited>,
  campaignIds: readonly string[],
  { fact, customer }: { fact: SalesFact; customer: string },
): void {
  if (campaignIds.length === 0) return
  const worth = worthOf(fact)
  const even = campaignIds.map(() => 1)
  const parts = {
    revenue: allocate(worth.revenue, even),
    profit: allocate(worth.grossProfit, even),
    unknown: allocate(worth.costUnknown, even),
  }
  for (const [i, id] of campaignIds.entries()) {
    const sum = credited.get(id) ?? nothingCredited()
    credited.set(id, sum)
    sum.orders += 1
    sum.customers.add(customer)
    sum.revenue += parts.revenue[i]!
    sum.grossProfit += parts.profit[i]!
    sum.costUnknown += parts.unknown[i]!
  }
}

/** (attributed gross profit − actual cost) / actual cost, to four digits; null when nothing was spent. domain.md, Marketing. */
export const roiOf = (grossProfit: number, cost: number): number | null =>
  cost === 0 ? null : Math.round(((grossProfit - cost) / cost) * 10_000) / 10_000
