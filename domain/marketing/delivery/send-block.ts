import { defaultMailRate, readTenant } from '../../identity/index.ts'
import type { Context, SystemContext } from '../../kernel/context.ts'
import { commit } from '../../store/commit.ts'
import { holdTurns, reserveTurns } from '../../store/pace.ts'
import { get, readItems } from '../../store/read.ts'
import { numbersOf, readTally, tallyWrite } from '../../store/tally.ts'
import { openPages } from '../campaign/ab-test.ts'
import { campaigns, progressKey } from '../campaign/campaign.table.ts'
import { brake, type Campaign } from '../campaign/campaign.ts'
import { finishCampaign, pauseCampaign } from '../campaign/control-campaign.ts'
import { type BlockWork, blockOf, planLater } from '../campaign/plan-campaign.ts'
import { commonWindow, nextOpening } from '../campaign/send-window.ts'
import { mailMaker } from './compose-mail.ts'
import { blockPages, countedWrite, pageKey } from './page.table.ts'
import { blockSize, inSeconds, isSettled, pageSize, skipReasons } from './page.ts'
import { type Sending, sendPage } from './send-page.ts'

export interface Sender {
  system: SystemContext
  /** Whose rate it is: all that send by it draw from one pace. */
  account: string
  /** Mails that the account may send in a second, as SES says it now. */
  accountRate(): Promise<number>
  sleep(milliseconds: number): Promise<void>
}

/** What came of a block: it is over, or is to be looked at again in so many seconds. Counts are for metrics. */
export interface BlockOutcome {
  againIn?: number
  sent: number
  again: number
  unknown: number
}

/** What stays free of a rate, since mails that are sent evenly do not arrive evenly. */
const share = 0.9
export const tenantPace = 'marketing-mail'
const pauseMs = 1000
const longestOnQueue = 900

/** The campaign as it is now, if this work is still wanted. */
async function wanted(ctx: Context, { campaignId, run }: BlockWork): Promise<Campaign | undefined> {
  const campaign = await get(ctx, campaigns, campaignId, { consistent: true })
  return campaign.status === 'sending' && campaign.run === run ? campaign : undefined
}

/** Whether this work is still wanted, asked before every page: what the campaign sends is not read again for that. */
async function stillWanted(ctx: Context, { campaignId, run }: BlockWork): Promise<boolean> {
  const [item] = await readItems(ctx, [campaigns.key(campaignId)], { consistent: true })
  return item?.status === 'sending' && item.run === run
}

/** Turns of the tenant first, then of the account: the later of both holds, the slower rate sets the distance. */
function turnsOf(ctx: Context, { system, account: name, accountRate }: Sender, mailRate: number): Sending['turns'] {
  return async (count) => {
    const [tenant, account] = [mailRate * share, (await accountRate()) * share]
    const now = Date.parse(ctx.now())
    if (tenant <= 0 || account <= 0) return undefined
    const own = await reserveTurns(ctx, { name: tenantPace, perSecond: tenant }, count, now)
    const all = own === undefined ? undefined : await reserveTurns(system, { name, perSecond: account }, count, now)
    return own === undefined || all === undefined ? undefined : { start: Math.max(own, all), apart: 1000 / Math.min(tenant, account) }
  }
}

export async function sendingOf(ctx: Context, sender: Sender, campaign: Campaign): Promise<Sending> {
  const tenant = await readTenant(ctx)
  return {
    ...{ ctx, tenant, campaign, compose: mailMaker(ctx, tenant, campaign), sleep: sender.sleep },
    turns: turnsOf(ctx, sender, tenant.mailRate ?? defaultMailRate),
    hold: () => holdTurns(sender.system, sender.account, Date.parse(ctx.now()) + pauseMs),
    told: { sent: 0, again: 0, unknown: 0, refusedInARow: 0 },
  }
}

/**
 * Sends one block of a campaign, a hundred of its audience. It may be asked for at any time and by several workers: what is
 * settled is left alone. Before every page it looks whether the campaign still is to be sent, and whether it is the hour for it.
 */
export async function sendBlock(ctx: Context, sender: Sender, work: BlockWork): Promise<BlockOutcome> {
  const campaign = await wanted(ctx, work)
  if (!campaign) return { sent: 0, again: 0, unknown: 0 }
  const [sending, contactIds, pages] = await Promise.all([
    sendingOf(ctx, sender, campaign),
    blockOf(ctx, work.campaignId, work.block),
    blockPages(ctx, work.campaignId, work.block),
  ])
  const { told } = sending
  const waits: number[] = []
  const open = openPages(campaign) - work.block * (blockSize / pageSize)
  for (let page = 0; page * pageSize < contactIds.length && page < open; page++) {
    const known = pages.get(page)
    if (known?.slots.every(isSettled)) continue
    if (!(await stillWanted(ctx, work))) return told
    const opening = nextOpening(ctx.now(), commonWindow(campaign), sending.tenant)
    if (opening > ctx.now()) {
      await planLater(sender.system, opening, work)
      return told
    }
    const people = known ? known.slots.map(({ contactId }) => contactId) : contactIds.slice(page * pageSize, (page + 1) * pageSize)
    const outcome = await sendPage(sending, { block: work.block, page }, known, people)
    if (outcome === 'stop') {
      await pauseCampaign(ctx, { id: work.campaignId }, 'refused')
      return told
    }
    if (outcome !== 'done') waits.push(outcome.waitUntil)
  }
  if (waits.length > 0) return later(ctx, sender, work, told, Math.min(...waits))
  if (open * pageSize >= contactIds.length) await countBlock(ctx, work, campaign.audience!)
  return told
}

/** The queue keeps what waits a quarter of an hour at most; for what waits for hours of the recipients the schedule plans it again. */
export async function later(
  ctx: Context,
  { system }: Sender,
  work: BlockWork,
  told: Sending['told'],
  until: number,
): Promise<BlockOutcome> {
  const seconds = Math.max(1, until - inSeconds(ctx.now()))
  if (seconds <= longestOnQueue) return { ...told, againIn: seconds }
  await planLater(system, new Date(until * 1000).toISOString(), work)
  return told
}

/** What became of a block, by its pages as they stand. */
async function tallied(ctx: Context, { campaignId, block }: BlockWork): Promise<Record<string, number> | undefined> {
  const slots = [...(await blockPages(ctx, campaignId, block)).values()].flatMap((page) => page.slots)
  if (!slots.every(isSettled)) return undefined
  const skipped = slots.flatMap(({ skipped: reason, sentAt }) => (reason && !sentAt ? skipReasons[reason] : []))
  const count = (reason: string) => skipped.filter((one) => one === reason).length
  const reasons = Object.fromEntries([...new Set(skipped)].map((reason) => [reason, count(reason)]))
  return { blocks: 1, sent: slots.length - skipped.length, ...reasons }
}

const counted = new Error('This block was counted before.')

/** Counts a block once, with the last one of them the campaign is over. A brake that its numbers pull stops the campaign. */
async function countBlock(ctx: Context, work: BlockWork, audience: number): Promise<void> {
  const add = await tallied(ctx, work)
  if (!add) return
  try {
    await commit(
      ctx,
      [countedWrite(pageKey(work.campaignId, work.block, 0), () => counted), tallyWrite({ key: progressKey(work.campaignId), add })],
      [],
    )
  } catch (error) {
    if (error !== counted) throw error
  }
  const progress = numbersOf(await readTally(ctx, progressKey(work.campaignId)))
  if ((progress.blocks ?? 0) >= Math.ceil(audience / blockSize)) await finishCampaign(ctx, work.campaignId)
  else await pullBrake(ctx, work.campaignId, progress)
}

/** Stops a campaign whose numbers are bad. Nothing when it does not run. */
export async function pullBrake(
  ctx: Context,
  campaignId: string,
  { sent = 0, bounced = 0, complained = 0 }: Record<string, number>,
): Promise<void> {
  const reason = brake({ sent, bounced, complained })
  if (!reason) return
  const campaign = await get(ctx, campaigns, campaignId, { consistent: true })
  if (campaign.status === 'sending') await pauseCampaign(ctx, { id: campaignId }, reason)
}
