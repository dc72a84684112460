import { CampaignLaunched } from '../../../events/marketing.ts'
import { readTenant, type Tenant } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { invalid, Problem } from '../../kernel/errors.ts'
import { step } from '../../kernel/states.ts'
import { commit } from '../../store/commit.ts'
import { find, get } from '../../store/read.ts'
import { messageTemplates } from '../message-template/message-template.table.ts'
import type { MessageTemplate } from '../message-template/message-template.ts'
import { segments } from '../segment/segment.table.ts'
import { segmentIds } from '../segment/segment-members.ts'
import { campaigns } from './campaign.table.ts'
import { type Campaign, campaignStates } from './campaign.ts'
import { subjectOf } from './change-campaign.ts'

const lacking = (code: string, pointer: string, detail: string): Problem =>
  new Problem('conflict', code, detail, { errors: [{ pointer, code, message: detail }] })

/** What the law and SES want of whoever sends marketing mail. */
function requireSender({ sender, postalAddress, mailRate }: Tenant): void {
  if (!sender?.email)
    throw lacking('campaign.no-sender', '/sender', 'The firm has no sender address of its own. Set sender of /v1/tenant to a verified one.')
  if (!postalAddress)
    throw lacking(
      'campaign.no-postal-address',
      '/postalAddress',
      'Marketing mail needs the postal address of the firm. Set it on /v1/tenant.',
    )
  if (mailRate === 0) throw lacking('campaign.no-rate', '/mailRate', 'The firm may send no mail at all: mailRate of /v1/tenant is 0.')
}

/** The people it would go to now, at least one; looked up as the caller sees them. */
async function requireAudience(ctx: Context, { segmentId }: Campaign): Promise<void> {
  const segment = segmentId ? await find(ctx, segments, segmentId) : undefined
  if (!segment) throw lacking('campaign.no-segment', '/segmentId', 'Say whom it is for: a segment that there is.')
  if ((await segmentIds(ctx, segment)).length === 0) throw lacking('campaign.no-audience', '/segmentId', 'There is nobody in this segment.')
}

async function templateOf(ctx: Context, { templateId }: Campaign): Promise<MessageTemplate> {
  const template = templateId ? await find(ctx, messageTemplates, templateId, { consistent: true }) : undefined
  if (!template) throw lacking('campaign.no-template', '/templateId', 'Say what is sent: a template that there is.')
  return template
}

/**
 * Launches a campaign: it keeps its content as it is now, and its audience as it is when it starts. 409 for what it lacks
 * (`campaign.no-segment`, `.no-audience`, `.no-template`, `.no-sender`, `.no-postal-address`, `.no-rate`), for one that was
 * launched before (`campaign.already-launched`); 422 `campaign.start-in-past`.
 */
export async function launchCampaign(ctx: Context, { id }: { id: string }): Promise<Campaign> {
  const before = await get(ctx, campaigns, id, { consistent: true })
  if (before.launchedAt)
    throw new Problem('conflict', 'campaign.already-launched', 'This campaign was launched before. Nobody gets it twice.')
  const status = step('campaign', campaignStates, before.status, 'launch')
  const now = ctx.now()
  if (before.startAt && before.startAt < now)
    throw invalid('campaign.start-in-past', '/startAt', 'This moment is over. Change startAt, or leave it out to start at once.')
  requireSender(await readTenant(ctx))
  const { subject, html, text, defaults } = await templateOf(ctx, before)
  await requireAudience(ctx, before)
  const { kind, id: actorId, userId } = ctx.actor
  const content = { subject, html, text, ...(defaults ? { defaults } : {}) }
  const startAt = before.startAt ?? now
  const after: Campaign = { ...before, status, startAt, run: 1, launchedAt: now, launchedBy: { kind, id: actorId, userId }, content }
  return commit(ctx, [campaigns.replace(ctx, before, after)], [CampaignLaunched(subjectOf(id), { run: 1, startAt })])
}
