import { actorAgain, type Tenant } from '../../identity/index.ts'
import type { Context, SystemContext } from '../../kernel/context.ts'
import { addDays, localDate, startOfLocalDay } from '../../kernel/dates.ts'
import { type Contact, contacts, contactsBornOn, peopleWho, searchPeople } from '../../parties/index.ts'
import { quotesEndedOn } from '../../sales/index.ts'
import { commit } from '../../store/commit.ts'
import { find, findMany } from '../../store/read.ts'
import { campaigns } from '../campaign/campaign.table.ts'
import type { Campaign } from '../campaign/campaign.ts'
import { pauseCampaign } from '../campaign/control-campaign.ts'
import { type PlanWork, planLater } from '../campaign/plan-campaign.ts'
import { commonWindow, nextOpening } from '../campaign/send-window.ts'
import { campaignPages } from '../delivery/page.table.ts'
import { instantOf, isSettled } from '../delivery/page.ts'
import { type Entry, enter, entryWork, handOutEntry } from './enter.ts'
import { mainContact } from './enter-on-event.ts'
import { entriesSoFar } from './entries.ts'

type Found = Omit<Entry, 'dueAt'>

/** Days that were missed are made up for, so many at most. */
const mostDays = 7

const named = async (ctx: Context, ids: readonly string[]): Promise<Contact[]> => {
  const found = await findMany(
    ctx,
    ids.map((id) => ({ entity: contacts, id })),
  )
  return ids.flatMap((id) => (found.get(id) as Contact | undefined) ?? [])
}

/** Whom a day brings, each with what makes it this time; as whoever launched the campaign sees them. */
async function foundOn(ctx: Context, { trigger }: Campaign, day: string): Promise<Found[]> {
  if (trigger?.on === 'day') {
    const { everyDays } = trigger
    return (await searchPeople(ctx, trigger.where)).map((contactId) => ({ contactId, key: 'found', ...(everyDays ? { everyDays } : {}) }))
  }
  if (trigger?.on === 'birthday') {
    const born = addDays(day, trigger.daysBefore ?? 0)
    const people = await peopleWho(ctx, trigger.where ?? undefined, await named(ctx, await contactsBornOn(ctx, born)))
    return people.map(({ id }) => ({ contactId: id, key: born.slice(0, 4) }))
  }
  if (trigger?.on !== 'quote-expired') return []
  const found: Found[] = []
  for (const quote of await quotesEndedOn(ctx, addDays(day, -(trigger.daysAfter ?? 1)))) {
    const person = quote.contactId ? await find(ctx, contacts, quote.contactId) : await mainContact(ctx, quote.customerId)
    const meant = await peopleWho(ctx, trigger.where ?? undefined, person ? [person as Contact] : [])
    found.push(...meant.map(({ id }) => ({ contactId: id, key: quote.id })))
  }
  return found
}

/** Hands out what was entered and is not dealt with: after a pause, or when whoever entered it died. */
async function handOutAgain(ctx: Context, campaign: Campaign): Promise<void> {
  const entered = await entriesSoFar(ctx, campaign.id)
  for await (const { block, page, slots } of campaignPages(ctx, campaign.id, Math.ceil(entered / 10) * 100)) {
    const [slot] = slots
    if (!slot || isSettled(slot)) continue
    await handOutEntry(ctx, entryWork(ctx, campaign, block * 10 + page), slot.heldUntil ? instantOf(slot.heldUntil) : ctx.now())
  }
}

/**
 * Lets a campaign that starts from a trigger run: what waits is handed out, and where it goes by days, today and the days that were
 * missed are looked at, and tomorrow is planned. Run twice on a day it does nothing new.
 */
export async function runTriggered(ctx: Context, system: SystemContext, tenant: Tenant, campaign: Campaign, work: PlanWork): Promise<void> {
  await handOutAgain(ctx, campaign)
  if (campaign.trigger?.on === 'event') return
  const actor = await actorAgain(ctx, campaign.launchedBy!)
  if (!actor) return void (await pauseCampaign(ctx, campaign, 'launcher-gone'))
  const today = localDate(ctx.now(), tenant.timeZone)
  const oldest = addDays(today, 1 - mostDays)
  const next = campaign.lastDay ? addDays(campaign.lastDay, 1) : today
  const [, first] = [oldest, next].sort() as [string, string]
  for (let day = first; day <= today; day = addDays(day, 1))
    for (const found of await foundOn({ ...ctx, actor }, campaign, day)) await enter(ctx, campaign, { ...found, dueAt: ctx.now() })
  if (campaign.lastDay !== today) await commit(ctx, [campaigns.replace(ctx, campaign, { ...campaign, lastDay: today })], [])
  const tomorrow = startOfLocalDay(addDays(today, 1), tenant.timeZone)
  await planLater(system, nextOpening(tomorrow, commonWindow(campaign), tenant), work)
}
