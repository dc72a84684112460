import { CampaignStarted } from '../../../events/marketing.ts'
import { actorAgain, readTenant, type Tenant } from '../../identity/index.ts'
import type { Context, SystemContext } from '../../kernel/context.ts'
import { step } from '../../kernel/states.ts'
import { type Contact, contacts } from '../../parties/index.ts'
import { commit } from '../../store/commit.ts'
import { find, findMany, get } from '../../store/read.ts'
import { systemPut } from '../../store/system.ts'
import { blockSize, pageSize } from '../delivery/page.ts'
import { segments } from '../segment/segment.table.ts'
import { runTriggered } from '../trigger/enter-of-day.ts'
import { isSampled, openPages, samplePagesOf } from './ab-test.ts'
import { audienceAt, audienceLine, campaignStart, campaigns } from './campaign.table.ts'
import { type Campaign, campaignStates } from './campaign.ts'
import { subjectOf } from './change-campaign.ts'
import { finishCampaign, pauseCampaign } from './control-campaign.ts'
import { decideWinner } from './decide-winner.ts'
import { forgetParts, type Gathered, gatherAudience } from './gather-audience.ts'
import { commonWindow, nextOpening } from './send-window.ts'
import { contentFault } from './try-content.ts'

export interface PlanWork {
  tenantId: string
  campaignId: string
  run: number
  /** How far a large segment was gathered by the messages before. */
  gathered?: Gathered | undefined
}

export interface BlockWork extends PlanWork {
  block: number
  /** Of a campaign with a trigger: the one mail of a contact. */
  page?: number | undefined
}

/** Has the campaign start, or go on, at a later moment: the schedule `campaigns` finds it there. */
export async function planLater(
  system: SystemContext,
  at: string,
  { tenantId, campaignId, run, ...work }: PlanWork | BlockWork,
): Promise<void> {
  const place = 'page' in work && work.page !== undefined ? { block: work.block, page: work.page } : {}
  const start = { at, tenantId, campaignId, run, ...place }
  await systemPut(system, campaignStart(start), start)
}

/** One contact for each address, the earliest made. Contacts without an address stay: that they have none is noted. */
async function oncePerAddress(ctx: Context, ids: readonly string[]): Promise<string[]> {
  const seen = new Set<string>()
  const kept: string[] = []
  for (let at = 0; at < ids.length; at += 1000) {
    const part = ids.slice(at, at + 1000)
    const found = await findMany(
      ctx,
      part.map((id) => ({ entity: contacts, id })),
    )
    for (const id of part) {
      const email = (found.get(id) as Contact | undefined)?.email
      if (email !== undefined && seen.has(email)) continue
      if (email !== undefined) seen.add(email)
      kept.push(id)
    }
  }
  return kept
}

async function* linesOf(ids: readonly string[]): AsyncIterable<Uint8Array> {
  for (let at = 0; at < ids.length; at += 10_000)
    yield Buffer.from(
      ids
        .slice(at, at + 10_000)
        .map((id) => `${id}\n`)
        .join(''),
    )
}

/** The audience with the sample of a test before all others. */
function arrangedFor({ id, abTest }: Campaign, ids: string[]): { arranged: string[]; samplePages?: number } {
  if (!abTest) return { arranged: ids }
  const sampled = new Set(ids.filter((contactId) => isSampled(id, contactId, abTest.samplePercent)))
  const arranged = [...sampled, ...ids.filter((contactId) => !sampled.has(contactId))]
  return { arranged, samplePages: samplePagesOf(sampled.size) }
}

/**
 * Takes the snapshot of the audience, as whoever launched the campaign sees it by now. It is a file: it is whole or not
 * there, costs nothing per recipient, and is the same for whoever goes on after a crash, since its size stands in the record.
 */
async function withAudience(ctx: Context, tenant: Tenant, campaign: Campaign, work: PlanWork): Promise<Campaign | undefined> {
  const actor = await actorAgain(ctx, campaign.launchedBy!)
  const segment = await find(ctx, segments, campaign.segmentId!, { consistent: true })
  if (!actor || !segment) {
    await pauseCampaign(ctx, campaign, actor ? 'audience' : 'launcher-gone')
    return undefined
  }
  const found = await gatherAudience({ ...ctx, actor }, { campaignId: campaign.id, meant: segment, gathered: work.gathered })
  if ('gathered' in found) {
    await ctx.enqueue('plan-campaign', [{ ...work, gathered: found.gathered }])
    return undefined
  }
  const ids = campaign.oncePer === 'address' ? await oncePerAddress(ctx, found.ids) : found.ids
  const fault = await contentFault(ctx, tenant, campaign, ids)
  if (fault) {
    await pauseCampaign(ctx, campaign, 'template', fault)
    return undefined
  }
  const { arranged, ...sample } = arrangedFor(campaign, ids)
  await ctx.files.write(audienceAt(ctx, campaign.id), 'text/plain', linesOf(arranged))
  return { ...campaign, audience: ids.length, ...sample }
}

/**
 * Starts a campaign or lets it go on: takes the snapshot if there is none, and hands out its blocks. It may be run again at
 * any time: blocks that are done end at once, and nobody is mailed twice.
 */
export async function planCampaign(ctx: Context, system: SystemContext, { campaignId, run, ...work }: PlanWork): Promise<void> {
  const before = await get(ctx, campaigns, campaignId, { consistent: true })
  if (before.run !== run || (before.status !== 'scheduled' && before.status !== 'sending')) return
  const tenant = await readTenant(ctx)
  const [, from] = [before.startAt!, ctx.now()].sort() as [string, string]
  const opening = nextOpening(from, before.trigger ? undefined : commonWindow(before), tenant)
  if (opening > ctx.now()) return planLater(system, opening, { campaignId, run, ...work })
  if (before.trigger) {
    const running = before.status === 'scheduled' ? await start(ctx, before, { ...before, audience: 0 }) : before
    return runTriggered(ctx, system, tenant, running, { campaignId, run, ...work })
  }
  const known = before.audience === undefined ? await withAudience(ctx, tenant, before, { campaignId, run, ...work }) : before
  if (!known) return
  const started = before.status === 'scheduled' ? await start(ctx, before, known) : known
  const { gathered, ...settled } = work
  if (gathered) await forgetParts(ctx, campaignId, gathered)
  if (started.audience === 0) return finishCampaign(ctx, campaignId)
  await handOut(ctx, system, started, { campaignId, run, ...settled })
}

async function start(ctx: Context, before: Campaign, known: Campaign): Promise<Campaign> {
  const status = step('campaign', campaignStates, known.status, 'start')
  const after: Campaign = { ...known, status, startedAt: known.startedAt ?? ctx.now() }
  return commit(ctx, [campaigns.replace(ctx, before, after)], [CampaignStarted(subjectOf(before.id), { audience: known.audience! })])
}

/** Puts the blocks on the queue: all of them, or those of the sample while its contents are tried. */
async function handOut(ctx: Context, system: SystemContext, campaign: Campaign, work: PlanWork): Promise<void> {
  const decided = campaign.abTest && !campaign.winner ? await decideWinner(ctx, campaign) : campaign
  const pages = Math.min(openPages('waitUntil' in decided ? campaign : decided), Math.ceil(campaign.audience! / pageSize))
  const blocks = Math.ceil((pages * pageSize) / blockSize)
  await ctx.enqueue(
    'send-campaign',
    Array.from({ length: blocks }, (_, block): BlockWork => ({ ...work, block })),
  )
  if ('waitUntil' in decided) await planLater(system, decided.waitUntil, work)
}

/** The contacts of one block of the snapshot. */
export async function blockOf(ctx: Context, campaignId: string, block: number): Promise<string[]> {
  const start = block * blockSize * audienceLine
  const chunks: Uint8Array[] = []
  for await (const chunk of ctx.files.read(audienceAt(ctx, campaignId), start, start + blockSize * audienceLine)) chunks.push(chunk)
  return Buffer.concat(chunks).toString().split('\n').filter(Boolean)
}
