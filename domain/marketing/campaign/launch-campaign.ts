import { CampaignLaunched } from '../../../events/marketing.ts'
import { forgetTenant, markEvents, readTenant, type Tenant } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { invalid, Problem } from '../../kernel/errors.ts'
import { step } from '../../kernel/states.ts'
import { commit } from '../../store/commit.ts'
import { find, get } from '../../store/read.ts'
import { messageTemplates } from '../message-template/message-template.table.ts'
import { segments } from '../segment/segment.table.ts'
import { withAttachments } from './attachments.ts'
import { campaigns } from './campaign.table.ts'
import { type Campaign, campaignStates } from './campaign.ts'
import { subjectOf } from './change-campaign.ts'
import { somePeople } from './gather-audience.ts'
import { contentFault } from './try-content.ts'

const lacking = (code: string, pointer: string, detail: string): Problem =>
  new Problem('conflict', code, detail, { errors: [{ pointer, code, message: detail }] })

/** What the law and SES want of whoever sends marketing mail. */
async function requireSender({ mailAccount }: Context, { sender, postalAddress, mailRate }: Tenant): Promise<void> {
  if (!sender?.email)
    throw lacking('campaign.no-sender', '/sender', 'The firm has no sender address of its own. Set sender of /v1/tenant to a verified one.')
  if (!postalAddress)
    throw lacking(
      'campaign.no-postal-address',
      '/postalAddress',
      'Marketing mail needs the postal address of the firm. Set it on /v1/tenant.',
    )
  if (mailRate === 0) throw lacking('campaign.no-rate', '/mailRate', 'The firm may send no mail at all: mailRate of /v1/tenant is 0.')
  const [isVerified, rate] = await Promise.all([mailAccount.isVerified(sender.email), mailAccount.ratePerSecond()])
  if (rate <= 0) throw lacking('campaign.no-quota', '/mailRate', 'SES lets this account send no mail at present. Ask the operator.')
  if (!isVerified)
    throw lacking(
      'campaign.sender-unverified',
      '/sender',
      `SES has not verified ${sender.email} or its domain. Have it verified, or choose another sender in /v1/tenant.`,
    )
}

/** Some of the people it would go to now, as the caller sees them; in a firm so large that not all of it is looked through, perhaps none. */
async function audienceOf(ctx: Context, { segmentId }: Campaign): Promise<string[]> {
  const segment = segmentId ? await find(ctx, segments, segmentId) : undefined
  if (!segment) throw lacking('campaign.no-segment', '/segmentId', 'Say whom it is for: a segment that there is.')
  const { ids, isAll } = await somePeople(ctx, segment, triedAtOnce)
  if (ids.length === 0 && isAll) throw lacking('campaign.no-audience', '/segmentId', 'There is nobody in this segment.')
  return ids
}

/** So many people are tried while the caller waits; the others before the first mail, when the audience is snapshotted. */
const triedAtOnce = 300

async function requireContent(ctx: Context, tenant: Tenant, campaign: Campaign, audience: readonly string[]): Promise<void> {
  const fault = await contentFault(ctx, tenant, campaign, audience.slice(0, triedAtOnce))
  if (!fault) return
  const { contactId, field, message } = fault
  const code = 'campaign.template-fails'
  throw new Problem('conflict', code, `The mail cannot be made for contact ${contactId}, because of its ${field}: ${message}`, {
    errors: [{ pointer: '/templateId', code, message: `${contactId}, ${field}: ${message}` }],
    extra: { recipient: { contactId, field } },
  })
}

/** What is sent, as the template is now. */
async function contentFrom(
  ctx: Context,
  { attachments }: Campaign,
  templateId: string | undefined,
  pointer: string,
): Promise<NonNullable<Campaign['content']>> {
  const template = templateId ? await find(ctx, messageTemplates, templateId, { consistent: true }) : undefined
  if (!template) throw lacking('campaign.no-template', pointer, 'Say what is sent: a template that there is.')
  const { subject, html, text, defaults } = template
  return withAttachments({ subject, html, text, ...(defaults ? { defaults } : {}) }, attachments)
}

async function contentsOf(ctx: Context, campaign: Campaign): Promise<Pick<Campaign, 'content' | 'contentB'>> {
  const { templateId, abTest } = campaign
  const content = await contentFrom(ctx, campaign, templateId, '/templateId')
  return { content, ...(abTest ? { contentB: await contentFrom(ctx, campaign, abTest.templateId, '/abTest/templateId') } : {}) }
}

/**
 * Launches a campaign: it keeps its content as it is now, and its audience as it is when it starts. 409 for what it lacks
 * (`campaign.no-segment`, `.no-audience`, `.no-template`, `.no-sender`, `.no-postal-address`, `.no-rate`, `.no-quota`,
 * `.sender-unverified`), for a template that fails for somebody (`.template-fails`), for one that was launched before
 * (`.already-launched`); 422 `campaign.start-in-past`.
 */
export async function launchCampaign(ctx: Context, { id }: { id: string }): Promise<Campaign> {
  const before = await get(ctx, campaigns, id, { consistent: true })
  if (before.launchedAt)
    throw new Problem('conflict', 'campaign.already-launched', 'This campaign was launched before. Nobody gets it twice.')
  const status = step('campaign', campaignStates, before.status, 'launch')
  const now = ctx.now()
  if (before.startAt && before.startAt < now)
    throw invalid('campaign.start-in-past', '/startAt', 'This moment is over. Change startAt, or leave it out to start at once.')
  const tenant = await readTenant(ctx)
  await requireSender(ctx, tenant)
  const contents = await contentsOf(ctx, before)
  if (!before.trigger) await requireContent(ctx, tenant, { ...before, ...contents }, await audienceOf(ctx, before))
  const { kind, id: actorId, userId } = ctx.actor
  const startAt = before.startAt ?? now
  const after: Campaign = { ...before, status, startAt, run: 1, launchedAt: now, launchedBy: { kind, id: actorId, userId }, ...contents }
  const marked = before.trigger?.on === 'event' ? await markEvents(ctx) : []
  const launched = await commit(
    ctx,
    [campaigns.replace(ctx, before, after), ...marked],
    [CampaignLaunched(subjectOf(id), { run: 1, startAt })],
  )
  forgetTenant(ctx.tenant.id)
  return launched
}
