import { ContactDeleted } from '../../../events/parties.ts'
import type { Context } from '../../kernel/context.ts'
import { commit } from '../../store/commit.ts'
import { recordOf } from '../../store/entity.ts'
import { queryAll } from '../../store/query.ts'
import { findParents, get } from '../../store/read.ts'
import { activities, activitiesOf } from '../activity/activity.table.ts'
import { customers } from '../customer/customer.table.ts'
import type { Customer } from '../customer/customer.ts'
import { customerWrite } from '../customer/customer-write.ts'
import { contacts } from './contact.table.ts'
import type { Contact } from './contact.ts'

/** A contact with the customer in whose partition it lives. 404 when there is none. */
export async function contactAndFirm(ctx: Context, id: string): Promise<{ contact: Contact; firm?: Customer }> {
  const contact = await get(ctx, contacts, id, { consistent: true })
  const firm = (await findParents(ctx, customers, [id], { consistent: true })).get(id)
  return { contact, ...(firm ? { firm } : {}) }
}

/** What was written down with a contact, as it stands in the partition where it lives. */
export async function saidWith(ctx: Context, contactId: string): Promise<string[]> {
  const items = await queryAll(ctx, activitiesOf(contactId, false), { consistent: true })
  const spoken = items.filter(({ entity }) => entity === activities.type).map((item) => recordOf(activities, item))
  return spoken
    .filter((activity) => activity.contactId === contactId)
    .flatMap(({ summary, outcome }) => [summary, ...(outcome ? [outcome] : [])])
}

/** Removes a contact whoever may see it; its firm then has no primary contact. Nothing when it is gone. */
export async function eraseContact(ctx: Context, id: string): Promise<void> {
  const { contact, firm } = await contactAndFirm(ctx, id)
  const { primaryContactId, ...rest } = firm ?? ({} as Customer)
  const unlinked = firm && primaryContactId === id ? [customerWrite(ctx, firm, rest as Customer)] : []
  await commit(ctx, [contacts.remove(contact), ...unlinked], [ContactDeleted({ type: 'contact', id, customerId: contact.customerId }, {})])
}
