import type { Context } from '../../kernel/context.ts'
import { today } from '../../kernel/dates.ts'
import { Problem } from '../../kernel/errors.ts'
import { contacts, createFollowUp } from '../../parties/index.ts'
import { find } from '../../store/read.ts'
import { campaigns } from './campaign.table.ts'

const words = {
  'zh-CN': (person: string, campaign: string) => `${person} 点击了营销邮件“${campaign}”`,
  en: (person: string, campaign: string) => `${person} clicked in the mail “${campaign}”`,
}

/**
 * Plans a contact for the owner of whoever clicked in a campaign, due today; one for each delivery, however often it is told.
 * Nothing for a contact that is gone, or whose customer lies in the pool.
 */
export async function followUpClick(
  ctx: Context,
  campaignId: string,
  { contactId, delivery }: { contactId: string; delivery: string },
): Promise<void> {
  const [contact, campaign] = await Promise.all([find(ctx, contacts, contactId), find(ctx, campaigns, campaignId)])
  if (!contact?.ownerId || !campaign) return
  const { customerId, ownerId } = contact
  const subject = words[ctx.tenant.locale](contact.name, campaign.name).slice(0, 200)
  try {
    await createFollowUp(ctx, { customerId, ownerId, subject, dueOn: today(ctx), externalId: `click ${campaignId} ${delivery}` })
  } catch (error) {
    const settled = ['follow-up.external-id-taken', 'customer.not-found']
    if (!(error instanceof Problem && settled.includes(error.code))) throw error
  }
}
