import type * as z from 'zod'
import { CampaignChanged, CampaignCreated, CampaignDeleted } from '../../../events/marketing.ts'
import { findUser, readTenant } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { callerOf } from '../../kernel/context.ts'
import { invalid, notFound, Problem } from '../../kernel/errors.ts'
import { changedFields, compact, mergePatch } from '../../kernel/merge-patch.ts'
import type { ListInput, ListSpec, Page } from '../../kernel/paging.ts'
import { commit } from '../../store/commit.ts'
import { recordOf } from '../../store/entity.ts'
import { listPage } from '../../store/list.ts'
import { find, get } from '../../store/read.ts'
import { newRecord, requireVersion } from '../../store/record.ts'
import { messageTemplates } from '../message-template/message-template.table.ts'
import { segments } from '../segment/segment.table.ts'
import { checkTrigger } from '../trigger/check-trigger.ts'
import { allCampaigns, campaigns } from './campaign.table.ts'
import { type Campaign, CampaignRecord, type ChangeCampaign, type CreateCampaign, changeableAlways } from './campaign.ts'

export const subjectOf = (id: string) => ({ type: 'campaign', id })

/** 404 at its place for an owner, segment or template there is not; 422 for a mailing list the firm does not have. */
async function requireReferences(ctx: Context, campaign: Campaign, changed: readonly string[]): Promise<void> {
  const { ownerId, segmentId, templateId, abTest, trigger, list } = campaign
  if (changed.includes('ownerId') && !(await findUser(ctx, ownerId))?.active) throw notFound('user', '/ownerId')
  if (changed.includes('segmentId') && segmentId && !(await find(ctx, segments, segmentId))) throw notFound('segment', '/segmentId')
  if (changed.includes('templateId') && templateId && !(await find(ctx, messageTemplates, templateId)))
    throw notFound('message-template', '/templateId')
  if (trigger && (segmentId || abTest))
    throw invalid('campaign.trigger-alone', '/trigger', 'A campaign has a trigger or a segment, and only one content with a trigger.')
  if (changed.includes('trigger') && trigger) await checkTrigger(ctx, trigger)
  if (changed.includes('abTest') && abTest && !(await find(ctx, messageTemplates, abTest.templateId)))
    throw notFound('message-template', '/abTest/templateId')
  if (!changed.includes('list') || !list) return
  const lists = ((await readTenant(ctx)).mailingLists ?? []).map(({ key }) => key)
  if (!lists.includes(list))
    throw invalid('campaign.unknown-list', '/list', 'There is no mailing list with this key. See mailingLists of /v1/tenant.')
}

/** Plans a campaign. Nothing is sent before it is launched. */
export async function createCampaign(ctx: Context, input: z.output<typeof CreateCampaign>): Promise<Campaign> {
  const base = newRecord(ctx, 'cmp')
  const campaign = { ownerId: callerOf(ctx), ...compact(input), status: 'draft', ...base } as Campaign
  await requireReferences(ctx, campaign, Object.keys(campaign))
  return commit(ctx, [campaigns.create(campaign)], [CampaignCreated(subjectOf(campaign.id), {})])
}

/** Changes a campaign by merge patch. 409 `campaign.launched` for what decides who gets what, once it is launched. */
export async function changeCampaign(
  ctx: Context,
  { id, changes, ifMatch }: { id: string; changes: z.output<typeof ChangeCampaign>; ifMatch?: string | undefined },
): Promise<Campaign> {
  const before = await get(ctx, campaigns, id, { consistent: true })
  requireVersion(before, ifMatch)
  const { ownerId, trigger, ...others } = changes
  const { trigger: former, ...rest } = before
  const merged = mergePatch(CampaignRecord, rest, { ...others, ...(ownerId ? { ownerId } : {}) })
  // A trigger takes the place of the former one as a whole.
  const wanted = trigger === undefined ? former : (trigger ?? undefined)
  const after = { ...merged, ...(wanted ? { trigger: wanted } : {}) }
  const changed = changedFields(before, after)
  if (changed.length === 0) return before
  const fixed = changed.find((field) => !changeableAlways.includes(field))
  if (before.status !== 'draft' && fixed)
    throw new Problem('conflict', 'campaign.launched', `Once a campaign is launched ${fixed} stays as it is. Cancel it and plan another.`, {
      errors: [{ pointer: `/${fixed}`, code: 'campaign.launched', message: 'It decides who gets what.' }],
    })
  await requireReferences(ctx, after, changed)
  return commit(ctx, [campaigns.replace(ctx, before, after)], [CampaignChanged(subjectOf(id), { changed })])
}

/** Deletes a campaign that was never launched; 409 `campaign.launched` for any other, since mails refer to it. */
export async function deleteCampaign(ctx: Context, { id, ifMatch }: { id: string; ifMatch?: string | undefined }): Promise<void> {
  const campaign = await get(ctx, campaigns, id, { consistent: true })
  requireVersion(campaign, ifMatch)
  if (campaign.launchedAt) throw new Problem('conflict', 'campaign.launched', 'A campaign that was launched is kept. Cancel it instead.')
  await commit(ctx, [campaigns.remove(campaign)], [CampaignDeleted(subjectOf(id), {})])
}

export const getCampaign = (ctx: Context, { id }: { id: string }): Promise<Campaign> => get(ctx, campaigns, id)

export const campaignList = { filters: {}, sorts: ['-createdAt', 'createdAt'] } as const satisfies ListSpec

/** All campaigns, newest first unless asked otherwise. */
export async function listCampaigns(ctx: Context, input: ListInput): Promise<Page<Campaign>> {
  const range = { partition: allCampaigns, from: 'cmp_', to: 'cmp_~', reverse: input.sort === '-createdAt' }
  const page = await listPage(ctx, 'campaigns', [range], input)
  return { ...page, data: page.data.map((item) => recordOf(campaigns, item)) }
}
