import { actorAgain, type Tenant } from '../../identity/index.ts'
import type { Context, SystemContext } from '../../kernel/context.ts'
import { addDays, localDate, startOfLocalDay } from '../../kernel/dates.ts'
import { commit } from '../../store/commit.ts'
import { campaigns } from '../campaign/campaign.table.ts'
import type { Campaign } from '../campaign/campaign.ts'
import { pauseCampaign } from '../campaign/control-campaign.ts'
import { type PlanWork, planLater } from '../campaign/plan-later.ts'
import { commonWindow, nextOpening } from '../campaign/send-window.ts'
import { campaignPages } from '../delivery/page.table.ts'
import { instantOf, isSettled } from '../delivery/page.ts'
import { entryWork, handOutEntry } from './enter.ts'
import { enterFound } from './enter-found.ts'
import { enterPortion, type Looked } from './enter-portion.ts'
import { entriesSoFar } from './entries.ts'
import { orPaused } from './meant-by.ts'

/** Days that were missed are made up for, so many at most. */
const mostDays = 7

/** Hands out what was entered and is not dealt with: after a pause, or when whoever entered it died. */
async function handOutAgain(ctx: Context, campaign: Campaign, time: string | undefined): Promise<void> {
  const entered = await entriesSoFar(ctx, campaign.id)
  for await (const { block, page, slots } of campaignPages(ctx, campaign.id, Math.ceil(entered / 10) * 100)) {
    const [slot] = slots
    if (!slot || isSettled(slot)) continue
    await handOutEntry(ctx, entryWork(ctx, campaign, block * 10 + page, time), slot.heldUntil ? instantOf(slot.heldUntil) : ctx.now())
  }
}

/** Takes in a portion of those whom a day brings, with where the next message goes on. */
async function enterOn(
  ctx: Context,
  launcher: Context,
  campaign: Campaign,
  looked: Looked,
  time: string | undefined,
): Promise<{ next?: Looked }> {
  const { trigger } = campaign
  if (!trigger || trigger.on === 'event') return {}
  if (trigger.on === 'day') return enterPortion(ctx, launcher, campaign, trigger, looked, { time })
  return enterFound(ctx, launcher, campaign, trigger, looked, { time })
}

/** The first day that is still to be looked at: one that was missed, but what a tree finds is found today. */
function firstDay({ trigger, lastDay }: Campaign, today: string): string {
  if (!lastDay || trigger?.on === 'day') return today
  const [, first] = [addDays(today, 1 - mostDays), addDays(lastDay, 1)].sort() as [string, string]
  return first
}

/**
 * Lets a campaign that starts from a trigger run: what waits is handed out, and where it goes by days, today and the days that were
 * missed are looked at, and tomorrow is planned. A day that brings many takes several messages. Run twice on a day it does nothing new.
 * The day is that of the run of the schedule.
 */
export async function runTriggered(
  ctx: Context,
  system: SystemContext,
  tenant: Tenant,
  campaign: Campaign,
  { looked, ...work }: PlanWork,
): Promise<void> {
  if (!looked) await handOutAgain(ctx, campaign, work.time)
  if (campaign.trigger?.on === 'event') return
  const actor = await actorAgain(ctx, campaign.launchedBy!)
  if (!actor) return void (await pauseCampaign(ctx, campaign, 'launcher-gone'))
  const today = localDate(ctx.now(), tenant.timeZone)
  for (let day = looked?.day ?? firstDay(campaign, today); day <= today; day = addDays(day, 1)) {
    const from = looked?.day === day ? looked : { day }
    const done = await orPaused(ctx, campaign, () => enterOn(ctx, { ...ctx, actor }, campaign, from, work.time))
    if (!done) return
    if (done.next) return ctx.enqueue('plan-campaign', [{ ...work, looked: done.next } satisfies PlanWork])
  }
  if (campaign.lastDay !== today) await commit(ctx, [campaigns.replace(ctx, campaign, { ...campaign, lastDay: today })], [])
  const tomorrow = startOfLocalDay(addDays(today, 1), tenant.timeZone)
  await planLater(system, nextOpening(tomorrow, commonWindow(campaign), tenant), work)
}
