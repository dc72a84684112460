import type { Context } from '../../kernel/context.ts'
import { today } from '../../kernel/dates.ts'
import { Problem } from '../../kernel/errors.ts'
import type { Locale } from '../../kernel/text.ts'
import { contacts, createFollowUp } from '../../parties/index.ts'
import { find } from '../../store/read.ts'
import { campaigns } from '../campaign/campaign.table.ts'

type Response = 'click' | 'reply'

const words: Record<Locale, Record<Response, (person: string, campaign: string) => string>> = {
  'zh-CN': {
    click: (person, campaign) => `${person} 点击了营销邮件“${campaign}”`,
    reply: (person, campaign) => `${person} 回复了营销邮件“${campaign}”`,
  },
  en: {
    click: (person, campaign) => `${person} clicked in the mail “${campaign}”`,
    reply: (person, campaign) => `${person} answered the mail “${campaign}”`,
  },
}

/**
 * Plans a contact for the owner of whoever clicked in a campaign or answered it, due today; one of each kind for each delivery,
 * however often it is told. Nothing for a contact that is gone, or whose customer lies in the pool.
 */
export async function followUpResponse(
  ctx: Context,
  response: Response,
  campaignId: string,
  { contactId, delivery }: { contactId: string; delivery: string },
): Promise<void> {
  const [contact, campaign] = await Promise.all([find(ctx, contacts, contactId), find(ctx, campaigns, campaignId)])
  if (!contact?.ownerId || !campaign) return
  const { customerId, ownerId } = contact
  const subject = words[ctx.tenant.locale][response](contact.name, campaign.name).slice(0, 200)
  try {
    await createFollowUp(ctx, { customerId, ownerId, subject, dueOn: today(ctx), externalId: `${response} ${campaignId} ${delivery}` })
  } catch (error) {
    const settled = ['follow-up.external-id-taken', 'customer.not-found']
    if (!(error instanceof Problem && settled.includes(error.code))) throw error
  }
}
