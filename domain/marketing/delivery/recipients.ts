import type { Tenant } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { type Contact, type Customer, contacts, customers } from '../../parties/index.ts'
import { findMany, findParents } from '../../store/read.ts'
import type { Campaign } from '../campaign/campaign.ts'
import { suppressedAmong } from '../suppression/suppression.table.ts'
import { everything, listScope } from '../suppression/suppression.ts'
import type { SkipCode } from './page.ts'

export interface Recipient {
  contact: Contact
  customer: Customer
}

/**
 * Who of these contacts gets the mail, and why the others do not, as things stand at this moment: read just before it is
 * sent, consistently, so that a no is heard before the next mail.
 */
export async function judgeRecipients(
  ctx: Context,
  tenant: Tenant,
  { id, list }: Campaign,
  contactIds: readonly string[],
): Promise<(Recipient | SkipCode)[]> {
  const [found, firms] = await Promise.all([
    findMany(
      ctx,
      contactIds.map((contactId) => ({ entity: contacts, id: contactId })),
      { consistent: true },
    ),
    findParents(ctx, customers, contactIds),
  ])
  const people = contactIds.map((contactId) => found.get(contactId) as Contact | undefined)
  const emails = people.flatMap((contact) => contact?.email ?? [])
  const scopes = [everything, id, ...(list ? [listScope(list)] : [])]
  const suppressed = await suppressedAmong(ctx, [...new Set(emails)], scopes)
  return people.map((contact, i): Recipient | SkipCode => {
    const customer = firms.get(contactIds[i]!)
    if (!contact || !customer) return 'g'
    if (!contact.email) return 'a'
    if (suppressed.has(contact.email)) return 's'
    if (contact.marketing?.optedOut) return 'o'
    return tenant.requireConsent && !contact.marketing?.consent ? 'n' : { contact, customer }
  })
}
