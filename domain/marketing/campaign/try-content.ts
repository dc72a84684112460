import type { Tenant } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { readRecipients } from '../delivery/recipients.ts'
import { recipientValues } from '../message-template/recipient-values.ts'
import { type MessageFault, mayFail, messageTrial } from '../message-template/trial.ts'
import type { Campaign } from './campaign.ts'

type ContentFault = MessageFault & { contactId: string }

const atOnce = 100

/**
 * The first of these people for whom what a campaign sends cannot be made, and on which field; nobody is looked at when it
 * is sure to be made for everybody.
 */
export async function contentFault(
  ctx: Context,
  tenant: Tenant,
  { name, content, contentB }: Pick<Campaign, 'name' | 'content' | 'contentB'>,
  contactIds: readonly string[],
): Promise<ContentFault | undefined> {
  const trials = [content, contentB].flatMap((one) => (one && mayFail(one) ? [messageTrial(one)] : []))
  if (trials.length === 0) return undefined
  for (let at = 0; at < contactIds.length; at += atOnce) {
    for (const one of await readRecipients(ctx, contactIds.slice(at, at + atOnce))) {
      if (!one?.contact.email) continue
      const values = await recipientValues(ctx, { tenant, ...one, campaignName: name, unsubscribeUrl: `${ctx.publicUrl}/u/preview` })
      const fault = trials.map((tryFor) => tryFor(values)).find((found) => found !== undefined)
      if (fault) return { contactId: one.contact.id, ...fault }
    }
  }
  return undefined
}
