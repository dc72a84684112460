import { knownUsers, type Tenant } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { localDate } from '../../kernel/dates.ts'
import type { Contact, Customer } from '../../parties/index.ts'
import type { MergeValues } from './merge-fields.ts'

/** What a message says of one recipient. */
export async function recipientValues(
  ctx: Context,
  {
    tenant,
    contact,
    customer,
    campaignName,
    unsubscribeUrl,
  }: { tenant: Tenant; contact: Contact; customer: Customer; campaignName: string; unsubscribeUrl: string },
): Promise<MergeValues> {
  const owner = customer.ownerId ? (await knownUsers(ctx)).find(({ id }) => id === customer.ownerId) : undefined
  return {
    'contact.name': contact.name,
    'contact.title': contact.title,
    'contact.email': contact.email,
    'customer.name': customer.name,
    'customer.shortName': customer.shortName,
    'customer.industry': customer.industry,
    'owner.name': owner?.name,
    'owner.email': owner?.email,
    'tenant.name': tenant.name,
    'tenant.postalAddress': tenant.postalAddress,
    'campaign.name': campaignName,
    unsubscribeUrl,
    today: localDate(ctx.now(), tenant.timeZone),
  }
}
