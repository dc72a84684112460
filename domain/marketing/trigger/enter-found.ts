import type { Context } from '../../kernel/context.ts'
import { addDays } from '../../kernel/dates.ts'
import { type Contact, contacts, contactsBornOn } from '../../parties/index.ts'
import { contractsEndingOn, quotesEndedOn } from '../../sales/index.ts'
import type { Pointed, PointedFrom } from '../../store/pointed.ts'
import { find } from '../../store/read.ts'
import type { Campaign } from '../campaign/campaign.ts'
import { type Entry, enter, notEntered } from './enter.ts'
import { mainContact } from './enter-on-event.ts'
import { type Looked, mostEntered, together } from './enter-portion.ts'
import { type MeantOf, meantBy } from './meant-by.ts'
import type { Trigger } from './trigger.ts'

/** Triggers that go by the days that records point to. */
export type PointedTrigger = Exclude<Trigger, { on: 'event' | 'day' }>

type Found = Pick<Entry, 'contactId' | 'key'>

/** How long before its end a contract is thought of, when the trigger does not say. */
const usualNotice = 30

/** What something of a customer is about, and what makes it this time. */
interface About {
  customerId: string
  contactId?: string | undefined
  key: string
}

/** Those whom something of a customer is about, each with what makes it this time. */
async function peopleOf(ctx: Context, { found, next }: Pointed<About>, meant: MeantOf): Promise<Pointed<Found>> {
  const entries: Found[] = []
  for (const { customerId, contactId, key } of found) {
    const person = contactId ? await find(ctx, contacts, contactId) : await mainContact(ctx, customerId)
    for (const { id } of await meant(person ? [person as Contact] : [])) entries.push({ contactId: id, key })
  }
  return { found: entries, next }
}

const about = <T>({ found, next }: Pointed<T>, aboutOf: (one: T) => About): Pointed<About> => ({ found: found.map(aboutOf), next })

/** A portion of those whom a day brings, each with what makes it this time; as whoever launched the campaign sees them. */
async function foundOn(ctx: Context, trigger: PointedTrigger, day: string, meant: MeantOf, from: PointedFrom): Promise<Pointed<Found>> {
  if (trigger.on === 'birthday') {
    const born = addDays(day, trigger.daysBefore ?? 0)
    const { found, next } = await contactsBornOn(ctx, born, from)
    return { found: (await meant(found)).map(({ id }) => ({ contactId: id, key: born.slice(0, 4) })), next }
  }
  if (trigger.on === 'quote-expired') {
    const ended = await quotesEndedOn(ctx, addDays(day, -(trigger.daysAfter ?? 1)), from)
    return peopleOf(
      ctx,
      about(ended, ({ id, customerId, contactId }) => ({ customerId, contactId, key: id })),
      meant,
    )
  }
  const last = addDays(day, trigger.daysBefore ?? usualNotice)
  const ending = await contractsEndingOn(ctx, last, from)
  // A contract that is prolonged ends anew.
  return peopleOf(
    ctx,
    about(ending, ({ id, customerId }) => ({ customerId, key: `${id}.${last}` })),
    meant,
  )
}

/**
 * Takes in those whom a day brings by what points to it, a portion of them, as `launcher` sees them; `next` is where the next message
 * goes on, undefined when these were the last. A message that comes twice takes in nobody twice.
 */
export async function enterFound(
  ctx: Context,
  launcher: Context,
  campaign: Campaign,
  trigger: PointedTrigger,
  { day, after }: Looked,
  { time, most = mostEntered.people }: { time?: string | undefined; most?: number } = {},
): Promise<{ next?: Looked }> {
  const meant = await meantBy(launcher, trigger.where)
  const limit = Math.min(together, most)
  let place = after
  for (let looked = 0; looked < most; looked += limit) {
    const { found, next } = await foundOn(launcher, trigger, day, meant, { limit, after: place })
    const entries = found.map((one): Entry => ({ ...one, dueAt: ctx.now(), time }))
    for (const one of await notEntered(ctx, campaign, entries)) await enter(ctx, campaign, one)
    if (next === undefined) return {}
    place = next
  }
  return { next: { day, after: place } }
}
