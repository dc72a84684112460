import { actorOf, scopeOf, type User } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { addDays, daysBetween } from '../../kernel/dates.ts'
import { customersInSight, type DueItem } from '../../parties/index.ts'
import { type DueDelivery, deliveriesIn, deliveriesToAll } from '../../sales/index.ts'
import { linkTo } from '../follow-up-page/link.ts'
import type { DigestLine, DigestSection } from './digest.ts'

const mostLines = 20

/** The last day whose deliveries are told of. */
export const lastDeliveryDay = (day: string): string => addDays(day, 3)

/** Assistants are told of all deliveries, everybody else of those of their own customers. */
const seesAll = (reader: User): boolean => reader.roles.includes('assistant') && scopeOf(actorOf(reader)) === 'all'

/**
 * What is to be delivered in three days, today, or is late: the section of the digest of a person, in whose name `ctx` acts; `items` is
 * what is due to them. Entries follow the orders in the same transaction; of a customer that has another owner by now the former
 * one is not told.
 */
export async function gatherDeliveries(ctx: Context, reader: User, items: readonly DueItem[], day: string): Promise<DigestSection[]> {
  const to = lastDeliveryDay(day)
  const due = seesAll(reader) ? await deliveriesToAll(ctx, to) : deliveriesIn(items, to)
  if (due.length === 0) return []
  const found = await customersInSight(ctx, new Set(due.map(({ customerId }) => customerId)))
  const isOurs = ({ customerId }: DueDelivery) => found.has(customerId) && (seesAll(reader) || found.get(customerId)!.ownerId === reader.id)
  const ours = due.filter(isOurs)
  const lines = ours.slice(0, mostLines).map(({ customerId, dueOn, number }): DigestLine => {
    const customer = found.get(customerId)!
    const base = { customerId: customer.id, customerName: customer.name, subject: number, dueOn, daysLate: daysBetween(dueOn, day) }
    return { ...base, link: linkTo(ctx, reader.id, customer.id) }
  })
  const customers = new Set(ours.map(({ customerId }) => found.get(customerId)!.id)).size
  return lines.length > 0 ? [{ kind: 'delivery', to, lines, more: ours.length - lines.length, customers }] : []
}
