import type { Tenant } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { Email } from '../../kernel/text.ts'
import { type Contact, type Customer, contacts, customers } from '../../parties/index.ts'
import { findMany, findParents } from '../../store/read.ts'
import { campaignHeads } from '../campaign/campaign.table.ts'
import type { Campaign } from '../campaign/campaign.ts'
import { suppressedAmong } from '../suppression/suppression.table.ts'
import { everything, listScope } from '../suppression/suppression.ts'
import type { SkipCode } from './page.ts'

export interface Recipient {
  contact: Contact
  customer: Customer
}

/** These contacts with their customers, read in the state in which they are mailed, undefined for who is gone; in the same call the campaign. */
async function readTogether(ctx: Context, contactIds: readonly string[], campaignId?: string) {
  const beside = campaignId ? [{ entity: campaignHeads, id: campaignId }] : []
  const [found, firms] = await Promise.all([
    findMany(ctx, [...beside, ...contactIds.map((contactId) => ({ entity: contacts, id: contactId }))], { consistent: true }),
    findParents(ctx, customers, contactIds),
  ])
  const people = contactIds.map((contactId): Recipient | undefined => {
    const [contact, customer] = [found.get(contactId) as Contact | undefined, firms.get(contactId)]
    return contact && customer ? { contact, customer } : undefined
  })
  return { people, campaign: campaignId ? (found.get(campaignId) as Campaign | undefined) : undefined }
}

/** These contacts with their customers; undefined for who is gone. */
export const readRecipients = async (ctx: Context, contactIds: readonly string[]): Promise<(Recipient | undefined)[]> =>
  (await readTogether(ctx, contactIds)).people

/** True when the person said no, or the firm did for all of its people. */
export const isOptedOut = ({ marketing }: Contact, firm: Customer | undefined): boolean =>
  (marketing?.optedOut || firm?.marketing?.optedOut) ?? false

/**
 * Who of these contacts gets the mail, and why the others do not, as things stand at this moment: read just before it is
 * sent, consistently, so that a no of a person is heard before the next mail. Undefined when the campaign was stopped, or stopped and resumed: this
 * work is not wanted any more.
 */
export async function judgeRecipients(
  ctx: Context,
  tenant: Tenant,
  { id, list, run }: Campaign,
  contactIds: readonly string[],
): Promise<(Recipient | SkipCode)[] | undefined> {
  const { people, campaign } = await readTogether(ctx, contactIds, id)
  if (campaign?.status !== 'sending' || campaign.run !== run) return undefined
  const emails = people.flatMap((one) => one?.contact.email ?? [])
  const scopes = [everything, id, ...(list ? [listScope(list)] : [])]
  const suppressed = await suppressedAmong(ctx, [...new Set(emails)], scopes)
  return people.map((one): Recipient | SkipCode => {
    if (!one) return 'g'
    const { email, marketing } = one.contact
    if (!email) return 'a'
    if (!Email.safeParse(email).success) return 'i'
    if (suppressed.has(email)) return 's'
    if (isOptedOut(one.contact, one.customer)) return 'o'
    return tenant.requireConsent && !marketing?.consent ? 'n' : one
  })
}
