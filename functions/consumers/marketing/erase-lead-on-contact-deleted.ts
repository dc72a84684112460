import { eraseLeadsOf } from '../../../domain/marketing/lead/erase-leads.ts'
import { ContactDeleted } from '../../../events/parties.ts'
import { consumer } from '../../consumer.ts'

/** Who is erased as a contact is erased as the lead that became it. */
export const handler = consumer(ContactDeleted, async (ctx, { subject, customerId }) => {
  if (customerId) await eraseLeadsOf(ctx, customerId, subject.id)
})
