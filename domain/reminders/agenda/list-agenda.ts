import { knownUsers, visibleOwners } from '../../identity/index.ts'
import { type Context, callerOf } from '../../kernel/context.ts'
import { addDays, daysBetween, today } from '../../kernel/dates.ts'
import { notFound, Problem } from '../../kernel/errors.ts'
import { binding, cursorAt, type ListInput, type ListSpec, type Page, positionOf } from '../../kernel/paging.ts'
import {
  type Customer,
  customersInSight,
  quietKinds,
  quietText,
  quoteText,
  type ReclaimSettings,
  reachOf,
  reachOfUser,
  reclaimSettings,
  reclaimToTell,
  reclaimWarningText,
  sightOf,
  stillOpen,
  stillQuiet,
} from '../../parties/index.ts'
import { type AgendaEntry, longestAgendaDays, usualAgendaDays } from './agenda.ts'
import { type DueThing, dueThings, placeOf } from './due-things.ts'
import { receivableText } from './receivable-text.ts'

export const agendaList = { filters: {}, sorts: ['on'] } as const satisfies ListSpec

interface Asked {
  from?: string | undefined
  to?: string | undefined
  userId?: string | undefined
}

/** Whose agenda, and whose records that person sees: the caller's, or somebody's whose records the caller sees. 404 for anybody else. */
async function personOf(ctx: Context, userId: string | undefined) {
  const self = callerOf(ctx)
  if (userId === undefined || userId === self) return { ownerId: self, reach: await reachOf(ctx) }
  const visible = await visibleOwners(ctx)
  const user = (await knownUsers(ctx)).find(({ id }) => id === userId)
  if (!user || (visible !== 'all' && !visible.has(userId))) throw notFound('user')
  return { ownerId: userId, reach: await reachOfUser(ctx, user) }
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

/** The words of an entry: of a plan its own, of a quote, a delivery and a receivable by its number, of a warning that it is still true; undefined when the entry does not stand any more. */
function subjectOf(ctx: Context, entry: DueThing, ownerId: string, customer: Customer, rules: ReclaimSettings): string | undefined {
  if (entry.kind === 'contact') return stillOpen(customer, { id: entry.id, ownerId, dueOn: entry.on }) ? entry.subject : undefined
  if (customer.ownerId !== ownerId) return undefined
  const { locale } = ctx.tenant
  if (entry.kind === 'receivable') return receivableText(entry.receivable, locale)
  const quietKind = quietKinds.find((kind) => kind === entry.kind)
  if (quietKind) {
    const quiet = stillQuiet(customer, { kind: quietKind, ownerId, dueOn: entry.on })
    return quiet && quietText(quiet, locale, [entry.on, today(ctx)].sort().at(-1)!)
  }
  if (entry.kind === 'quote') return entry.validUntil < today(ctx) ? undefined : quoteText(entry, locale, today(ctx))
  if (entry.kind === 'delivery') return locale === 'zh-CN' ? `订单 ${entry.number} 交货` : `Delivery of ${entry.number}`
  const reclaim = reclaimToTell(customer, today(ctx), rules)
  return reclaim && reclaimWarningText(reclaim.fact, reclaim.on, locale)
}

/** A due entry with its customer. */
function entryOf({ kind, on, id }: DueThing, subject: string, ownerId: string, customer: Customer, day: string): AgendaEntry {
  const followUpId = kind === 'contact' ? id : null
  return { kind, on, daysLate: daysBetween(on, day), followUpId, customerId: customer.id, customerName: customer.name, subject, ownerId }
}

/**
 * What is due for the caller, or for `userId`, in the order of the days: one range of the due entries, one of what the person's
 * customers owe, and one BatchGet of the customers. What is no longer open or no longer threatens, or of a customer that the
 * person or the caller does not see by now, is left out.
 */
export async function listAgenda(ctx: Context, input: ListInput & Asked): Promise<Page<AgendaEntry>> {
  const { from, to, userId } = input
  const day = today(ctx)
  const days = daysOf(input, day)
  const [{ ownerId, reach }, rules] = await Promise.all([personOf(ctx, userId), reclaimSettings(ctx)])
  const bound = binding(ctx, JSON.stringify(['agenda', ownerId, from, to]), input)
  // One more than asked for: only it tells whether there is a next page.
  const due = await dueThings(ctx, ownerId, days, { limit: input.limit + 1, after: positionOf(ctx, bound, input.cursor) })
  const shown = due.slice(0, input.limit)
  const inSight = await customersInSight(
    ctx,
    shown.map(({ id }) => id),
  )
  const data = shown.flatMap((entry) => {
    const customer = inSight.get(entry.id)
    if (!customer || sightOf(ctx, customer, reach) !== 'whole') return []
    const subject = subjectOf(ctx, entry, ownerId, customer, rules)
    return subject === undefined ? [] : [entryOf(entry, subject, ownerId, customer, day)]
  })
  return { data, page: { next: due.length > shown.length ? cursorAt(ctx, bound, placeOf(shown.at(-1)!)) : null } }
}
