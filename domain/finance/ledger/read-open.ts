import type { Context } from '../../kernel/context.ts'
import { daysBetween } from '../../kernel/dates.ts'
import { partitionOf } from '../../kernel/ids.ts'
import { type Customer, partitionsOf } from '../../parties/index.ts'
import { queryAll } from '../../store/query.ts'
import { allOpen, isReceivable, type OpenItem, openCreditsIn, openIn, openItemOf, openReceivablesIn } from './open-item.ts'

/** All that is open of a customer: credits and receivables, these by due date within each partition. Consistent. */
export async function openOf(ctx: Context, customer: Customer): Promise<OpenItem[]> {
  const items = await Promise.all(partitionsOf(customer).map((home) => queryAll(ctx, openIn(home), { consistent: true })))
  return items.flat().map((item) => openItemOf(item, ctx.tenant.currency))
}

/** The open receivables of a customer, the one due first first. Consistent. */
export async function openReceivablesOf(ctx: Context, customer: Customer): Promise<(OpenItem & { dueOn: string })[]> {
  const items = await Promise.all(partitionsOf(customer).map((home) => queryAll(ctx, openReceivablesIn(home), { consistent: true })))
  const open = items.flat().map((item) => openItemOf(item, ctx.tenant.currency) as OpenItem & { dueOn: string })
  return open.sort((a, b) => (a.dueOn === b.dueOn ? (a.id < b.id ? -1 : 1) : a.dueOn < b.dueOn ? -1 : 1))
}

/** Credit notes and receipts in one partition of which some settles nothing yet. Consistent. */
export async function creditsIn(ctx: Context, home: string): Promise<OpenItem[]> {
  const items = await queryAll(ctx, openCreditsIn(home), { consistent: true })
  return items.map((item) => openItemOf(item, ctx.tenant.currency))
}

/**
 * Credit notes and receipts of a customer of which some settles nothing yet: those first, each the oldest first. Consistent. `read` is
 * what was read already, by an id of its partition, before the customer was known.
 */
export async function openCreditsOf(ctx: Context, customer: Customer, read?: { home: string; credits: OpenItem[] }): Promise<OpenItem[]> {
  const isRead = (home: string) => read !== undefined && partitionOf(home) === partitionOf(read.home)
  const found = await Promise.all(partitionsOf(customer).map((home) => (isRead(home) ? read!.credits : creditsIn(ctx, home))))
  return found.flat().sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** All that is open in the tenant. */
export async function openOfAll(ctx: Context): Promise<OpenItem[]> {
  const items = await Promise.all(allOpen.map((range) => queryAll(ctx, range)))
  return items.flat().map((item) => openItemOf(item, ctx.tenant.currency))
}

export interface Overdue {
  /** Minor units of the books' currency. */
  base: number
  count: number
  /** Days that the oldest is late; 0 when nothing is. */
  oldestDays: number
}

/** What of open items is overdue on a day: due before it. */
export function overdueOf(open: OpenItem[], day: string): Overdue {
  const late = open.filter((item) => isReceivable(item) && item.dueOn! < day)
  return {
    base: late.reduce((sum, item) => sum + item.base, 0),
    count: late.length,
    oldestDays: Math.max(0, ...late.map((item) => daysBetween(item.dueOn!, day))),
  }
}
