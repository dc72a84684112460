import { visibleOwners } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { addDays, localDate, startOfLocalDay, today } from '../../kernel/dates.ts'
import { partitionOf } from '../../kernel/ids.ts'
import { type Campaign, campaignsByIds, campaignsCreated, readTouches } from '../../marketing/index.ts'
import { survivors } from '../../parties/index.ts'
import { readFacts } from '../sales-report/sales-fact.table.ts'
import { type Attribution, type Credited, creditedTo, creditOrder, type DayTouch } from './attribute.ts'

interface EffectAsked {
  from: string
  to: string
  campaignIds?: string[] | undefined
  attribution: Attribution
  days: number
  basis: 'ordered' | 'shipped'
}

interface Effect {
  campaigns: Campaign[]
  credited: Map<string, Credited>
}

/** Touches by customer, those of merged ones with the survivor. */
async function touchesOf(ctx: Context, { from, to }: { from: string; to: string }, whose: (partition: string) => string) {
  const { timeZone } = ctx.tenant
  const span = { from: startOfLocalDay(from, timeZone), to: startOfLocalDay(addDays(to, 1), timeZone) }
  const byCustomer = new Map<string, DayTouch[]>()
  for (const { at, campaignId, partition } of await readTouches(ctx, span)) {
    const customer = whose(partition)
    const touches = byCustomer.get(customer) ?? []
    byCustomer.set(customer, touches)
    touches.push({ at, campaignId, on: localDate(at, timeZone) })
  }
  return byCustomer
}

/**
 * What campaigns are credited with for orders from one day to another. Every campaign that reached a customer in the days before
 * an order has a say, whichever are asked for: one that came later takes the credit from them. Of orders those count that the
 * caller sees, as in the report of sales.
 */
export async function readEffect(ctx: Context, { campaignIds, basis, from, to, ...how }: EffectAsked): Promise<Effect> {
  const [survivorOf, owners] = await Promise.all([survivors(ctx), visibleOwners(ctx)])
  const whose = (partition: string) => {
    const survivor = survivorOf(partition)
    return survivor ? partitionOf(survivor) : partition
  }
  const touches = await touchesOf(ctx, { from: addDays(from, -how.days), to }, whose)
  const credited = new Map<string, Credited>()
  await readFacts(ctx, basis, { from, to }, (fact) => {
    if (owners !== 'all' && (fact.repId === null || !owners.has(fact.repId))) return
    const customer = whose(fact.partition)
    const campaignsOf = creditedTo(touches.get(customer) ?? [], fact.on, { model: how.attribution, days: how.days })
    creditOrder(credited, campaignsOf, { fact, customer })
  })
  return { campaigns: await campaignsOf(ctx, { campaignIds, from, to }, touches), credited }
}

/** Those that are asked for, else those that were made or reached somebody in these days. */
async function campaignsOf(
  ctx: Context,
  { campaignIds, from, to }: Pick<EffectAsked, 'campaignIds' | 'from' | 'to'>,
  touches: ReadonlyMap<string, DayTouch[]>,
): Promise<Campaign[]> {
  if (campaignIds) return campaignsByIds(ctx, campaignIds)
  const { timeZone } = ctx.tenant
  const made = await campaignsCreated(ctx, { from: startOfLocalDay(from, timeZone), to: startOfLocalDay(addDays(to, 1), timeZone) })
  const known = new Set(made.map(({ id }) => id))
  const reached = [...touches.values()].flat().filter(({ on, campaignId }) => on >= from && on <= to && !known.has(campaignId))
  return [...made, ...(await campaignsByIds(ctx, [...new Set(reached.map(({ campaignId }) => campaignId))]))]
}

const defaultDays = 90

/** The days of the report: left out, `to` is today and `from` 90 days before. */
export const effectSpan = (ctx: Context, { from, to = today(ctx) }: { from?: string | undefined; to?: string | undefined }) => ({
  from: from ?? addDays(to, -defaultDays),
  to,
})
