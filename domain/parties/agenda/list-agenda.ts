import { knownUsers, visibleOwners } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { addDays, daysBetween, today } from '../../kernel/dates.ts'
import { notFound, Problem } from '../../kernel/errors.ts'
import type { ListInput, ListSpec, Page } from '../../kernel/paging.ts'
import { dueKey } from '../../store/entity.ts'
import { listPage } from '../../store/list.ts'
import type { Item } from '../../store/query.ts'
import { findMany } from '../../store/read.ts'
import { isVisible } from '../customer/access.ts'
import { customers } from '../customer/customer.table.ts'
import type { Customer } from '../customer/customer.ts'
import { endOfDay } from '../due-range.ts'
import type { ContactDue } from '../follow-up/follow-up.table.ts'
import { type AgendaEntry, longestAgendaDays, usualAgendaDays } from './agenda.ts'

export const agendaList = { filters: {}, sorts: ['on'] } as const satisfies ListSpec

interface Asked {
  from?: string | undefined
  to?: string | undefined
  userId?: string | undefined
}

type DueItem = ContactDue & { on: string; kind: string; id: string }

/** Whose agenda: the caller's, or that of somebody whose records the caller sees. 404 for anybody else. */
async function ownerOf(ctx: Context, userId: string | undefined): Promise<string> {
  const self = ctx.actor.userId ?? ctx.actor.id
  if (userId === undefined || userId === self) return self
  const [visible, users] = await Promise.all([visibleOwners(ctx), knownUsers(ctx)])
  if ((visible !== 'all' && !visible.has(userId)) || !users.some((user) => user.id === userId)) throw notFound('user')
  return userId
}

/** The days asked for; without `from` everything late comes with them. */
function daysOf({ from, to }: Asked, day: string): { from?: string; to: string } {
  const start = from === undefined || from < day ? day : from
  const end = to ?? addDays(start, usualAgendaDays)
  if (from !== undefined && end < from) throw new Problem('malformed', 'query.invalid', 'to is before from.')
  if (daysBetween(from ?? day, end) > longestAgendaDays)
    throw new Problem('malformed', 'query.invalid', `from and to are at most ${longestAgendaDays} days apart.`)
  return { ...(from === undefined ? {} : { from }), to: end }
}

/** A due entry with its customer; nothing when it is out of sight, or when the entry is not what is open of it any more. */
function joined(due: DueItem, ownerId: string, customer: Customer, day: string): AgendaEntry[] {
  const isContact = due.kind === 'contact'
  const stands = (customer.openFollowUps ?? []).some(
    ({ id, dueOn, ownerId: owner }) => id === due.id && dueOn === due.on && owner === ownerId,
  )
  if (isContact && !stands) return []
  const { kind, on, subject } = due
  const followUpId = isContact ? due.id : null
  return [{ kind, on, daysLate: daysBetween(on, day), followUpId, customerId: customer.id, customerName: customer.name, subject, ownerId }]
}

/**
 * What is due for the caller, or for `userId`, in the order of the days: one range of the due entries, which are read as
 * they fall due, and one BatchGet of the customers. Who the customer belongs to by now decides, not who it was planned for.
 */
export async function listAgenda(ctx: Context, input: ListInput & Asked): Promise<Page<AgendaEntry>> {
  const { from, to, userId } = input
  const day = today(ctx)
  const days = daysOf(input, day)
  const ownerId = await ownerOf(ctx, userId)
  const { pk: partition } = dueKey({ owner: ownerId, on: '', kind: '', id: '' })
  const range = { partition, ...days, to: endOfDay(days.to) }
  const page = await listPage(ctx, JSON.stringify(['agenda', ownerId, from, to]), [range], input)
  const due = page.data as (Item & DueItem)[]
  const wanted = due.map(({ customerId }) => ({ entity: customers, id: customerId }))
  const [found, visible] = await Promise.all([findMany(ctx, wanted), visibleOwners(ctx)])
  const data = due.flatMap((entry) => {
    const customer = found.get(entry.customerId) as Customer | undefined
    return customer && isVisible(ctx, customer, visible) ? joined(entry, ownerId, customer, day) : []
  })
  return { ...page, data }
}
