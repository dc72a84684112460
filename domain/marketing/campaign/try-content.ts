import type { Tenant } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { readRecipients } from '../delivery/recipients.ts'
import { recipientValues } from '../message-template/recipient-values.ts'
import { type MessageFault, mayFail, messageTrial } from '../message-template/trial.ts'
import type { Campaign } from './campaign.ts'

export type ContentFault = MessageFault & { contactId: string }

const atOnce = 100

/**
 * The first of these people for whom what a campaign sends cannot be made, and on which field; nobody is looked at when it
 * is sure to be made for everybody.
 */
export async function contentFault(
  ctx: Context,
  tenant: Tenant,
  { name, content }: Pick<Campaign, 'name' | 'content'>,
  contactIds: readonly string[],
): Promise<ContentFault | undefined> {
  if (!content || !mayFail(content)) return undefined
  const tryFor = messageTrial(content)
  for (let at = 0; at < contactIds.length; at += atOnce) {
    for (const one of await readRecipients(ctx, contactIds.slice(at, at + atOnce))) {
      if (!one?.contact.email) continue
      const values = await recipientValues(ctx, { tenant, ...one, campaignName: name, unsubscribeUrl: `${ctx.publicUrl}/u/preview` })
      const fault = tryFor(values)
      if (fault) return { contactId: one.contact.id, ...fault }
    }
  }
  return undefined
}
