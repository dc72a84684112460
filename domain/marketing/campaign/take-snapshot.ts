import { actorAgain, type Tenant } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { type Contact, contacts } from '../../parties/index.ts'
import { find, findMany } from '../../store/read.ts'
import { blockSize } from '../delivery/page.ts'
import { segments } from '../segment/segment.table.ts'
import { isSampled, samplePagesOf } from './ab-test.ts'
import { audienceAt, audienceLine } from './campaign.table.ts'
import type { Campaign } from './campaign.ts'
import { pauseCampaign } from './control-campaign.ts'
import { gatherAudience } from './gather-audience.ts'
import type { PlanWork } from './plan-later.ts'
import { contentFault } from './try-content.ts'

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
 * Takes a snapshot of the audience, as whoever launched the campaign sees it by now. It is a file: it is whole or not
 * there, and costs nothing per recipient. Its name and size go into the record: of two workers who take one at the same moment the
 * slower one's is in nobody's way.
 */
export async function takeSnapshot(ctx: Context, tenant: Tenant, campaign: Campaign, work: PlanWork): Promise<Campaign | undefined> {
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
  const snapshot = ctx.newId('snp')
  await ctx.files.write(audienceAt(ctx, campaign.id, snapshot), 'text/plain', linesOf(arranged))
  return { ...campaign, audience: ids.length, snapshot, ...sample }
}

/** The contacts of one block of the snapshot that the campaign has been sent by since it started. */
export async function blockOf(ctx: Context, { id, snapshot }: Campaign, block: number): Promise<string[]> {
  const start = block * blockSize * audienceLine
  const chunks: Uint8Array[] = []
  for await (const chunk of ctx.files.read(audienceAt(ctx, id, snapshot!), start, start + blockSize * audienceLine)) chunks.push(chunk)
  return Buffer.concat(chunks).toString().split('\n').filter(Boolean)
}
