import * as z from 'zod'
import { addDays, daysBetween, localDate } from '../../kernel/dates.ts'
import type { Locale } from '../../kernel/text.ts'
import type { DueEntry } from '../../store/entity-definition.ts'
import type { Customer } from './customer.ts'
import { type Rhythm, rhythmOf } from './order-rhythm.ts'

/** After how many days a customer is dormant, and whose days they are: kept on customers of firms that want to be told. */
export const Dormancy = z.object({ days: z.int(), timeZone: z.string() })
export type Dormancy = z.output<typeof Dormancy>

/** Why a customer that one does not hear of is due: it should have ordered (该下单未下单), or nothing happens with it (沉睡). */
export const quietKinds = ['reorder', 'dormant'] as const
export type QuietKind = (typeof quietKinds)[number]

/** A customer that one does not hear of, from a day on. */
export type Quiet = { kind: 'reorder'; on: string; rhythm: Rhythm } | { kind: 'dormant'; on: string; since: string }

/** The day of the last contact (notes are none), quote or order; without any, since when somebody owns it. */
function lastHeardOn(
  { lastQualifyingContactAt: contactAt, lastQuotedOn, lastOrderedOn, ownedSince, createdAt }: Customer,
  timeZone: string,
) {
  const facts = [contactAt ? localDate(contactAt, timeZone) : '', lastQuotedOn ?? '', lastOrderedOn ?? '']
  return facts.sort()[2] || localDate(ownedSince ?? createdAt, timeZone)
}

/**
 * From which days on an owned customer is one that one does not hear of. An order is overdue on the day on which 1.5 times the
 * median of the customer's own intervals have passed; dormant it is on the day on which the firm's `dormantDays` have (domain:
 * Reminders). Of who is given up (`lost`) nobody is reminded.
 */
export function quietDays(customer: Customer): { kind: QuietKind; on: string; since?: string }[] {
  const { ownerId, lifecycleStage, reorderOn, dormancy } = customer
  if (!ownerId || lifecycleStage === 'lost') return []
  const since = dormancy && lastHeardOn(customer, dormancy.timeZone)
  return [
    ...(reorderOn ? [{ kind: 'reorder' as const, on: reorderOn }] : []),
    ...(since ? [{ kind: 'dormant' as const, on: addDays(since, dormancy.days), since }] : []),
  ]
}

/** What the owner's digest and agenda find it by. */
export const quietEntries = (customer: Customer): DueEntry[] =>
  quietDays(customer).map(({ kind, on }) => ({ owner: customer.ownerId!, on, kind, id: customer.id, data: {} }))

/** What an entry tells of, when it is still true for that owner. */
export function stillQuiet(customer: Customer, entry: { kind: QuietKind; ownerId: string; dueOn: string }): Quiet | undefined {
  const found = customer.ownerId === entry.ownerId && quietDays(customer).find(({ kind, on }) => kind === entry.kind && on === entry.dueOn)
  if (!found) return undefined
  const { on, since } = found
  if (since) return { kind: 'dormant', on, since }
  const rhythm = rhythmOf(customer.orderDays)
  return rhythm && { kind: 'reorder', on, rhythm }
}

/** Since when nothing is heard, in words. */
export function quietText(quiet: Quiet, locale: Locale, day: string): string {
  if (quiet.kind === 'dormant') {
    const days = daysBetween(quiet.since, day)
    return locale === 'zh-CN' ? `${days} 天没有联系、报价和订单` : `No contact, quote or order for ${days} ${days === 1 ? 'day' : 'days'}`
  }
  const { everyDays, lastOrderedOn } = quiet.rhythm
  return locale === 'zh-CN'
    ? `上次下单 ${lastOrderedOn}，通常每 ${everyDays} 天下单一次`
    : `Last ordered on ${lastOrderedOn}, usually every ${everyDays} ${everyDays === 1 ? 'day' : 'days'}`
}
