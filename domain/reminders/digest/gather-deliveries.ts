import { actorOf, scopeOf, type User } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { addDays, daysBetween } from '../../kernel/dates.ts'
import { customersInSight } from '../../parties/index.ts'
import { type DueDelivery, deliveriesDue } from '../../sales/index.ts'
import { linkTo } from '../follow-up-page/link.ts'
import type { DigestLine, DigestSection } from './digest.ts'

const daysAhead = 3
const mostLines = 20

/** Assistants are told of all deliveries, everybody else of those of their own customers. */
const whose = (reader: User): { ownerId: string } | 'all' =>
  reader.roles.includes('assistant') && scopeOf(actorOf(reader)) === 'all' ? 'all' : { ownerId: reader.id }

/**
 * What is to be delivered in three days, today, or is late: the section of the digest of a person, in whose name `ctx` acts. Entries
 * follow the orders in the same transaction; of a customer that has another owner by now the former one is not told.
 */
export async function gatherDeliveries(ctx: Context, reader: User, day: string): Promise<DigestSection[]> {
  const to = addDays(day, daysAhead)
  const of = whose(reader)
  const due = await deliveriesDue(ctx, of, to)
  if (due.length === 0) return []
  const found = await customersInSight(ctx, new Set(due.map(({ customerId }) => customerId)))
  const isOurs = ({ customerId }: DueDelivery) => found.has(customerId) && (of === 'all' || found.get(customerId)!.ownerId === reader.id)
  const ours = due.filter(isOurs)
  const lines = ours.slice(0, mostLines).map(({ customerId, dueOn, number }): DigestLine => {
    const customer = found.get(customerId)!
    const base = { customerId: customer.id, customerName: customer.name, subject: number, dueOn, daysLate: daysBetween(dueOn, day) }
    return { ...base, link: linkTo(ctx, reader.id, customer.id) }
  })
  const customers = new Set(ours.map(({ customerId }) => found.get(customerId)!.id)).size
  return lines.length > 0 ? [{ kind: 'delivery', to, lines, more: ours.length - lines.length, customers }] : []
}
