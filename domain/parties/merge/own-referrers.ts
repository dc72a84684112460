import { FollowUpChanged } from '../../../events/parties.ts'
import { activities } from '../activity/activity.table.ts'
import type { Activity } from '../activity/activity.ts'
import { contacts } from '../contact/contact.table.ts'
import type { Contact } from '../contact/contact.ts'
import { followUps } from '../follow-up/follow-up.table.ts'
import type { FollowUp } from '../follow-up/follow-up.ts'
import { type Move, type Referrer, thingsOf } from './referrer.ts'
import { referringCustomers } from './referring-customers.ts'

/** Listed under the owner of the customer, and the primary one only if the customer says so. */
function turnedContact(contact: Contact, { to }: Move): { record: Contact } {
  const { ownerId: _owner, primary: _primary, ...rest } = contact
  const primary = to.primaryContactId === contact.id ? { primary: true } : {}
  return { record: { ...rest, ...(to.ownerId ? { ownerId: to.ownerId } : {}), ...primary } }
}

/** The customer is where what is open is decided, and whose it is. */
function turnedFollowUp(followUp: FollowUp, { to }: Move) {
  const ownerId = to.openFollowUps?.find(({ id }) => id === followUp.id)?.ownerId ?? followUp.ownerId
  const subject = { type: 'follow-up', id: followUp.id, customerId: to.id }
  const isHanded = ownerId !== followUp.ownerId
  const events = isHanded ? [FollowUpChanged(subject, { changed: ['ownerId'], dueOn: followUp.dueOn })] : []
  return { record: { ...followUp, ownerId }, events }
}

/** What parties knows of that refers to a customer. Follow-ups go first: reminders are sent from their due entries. */
export const ownReferrers: Referrer[] = [
  thingsOf<FollowUp>('follow-ups', followUps, { turned: turnedFollowUp, always: ({ status }) => status === 'open' }),
  thingsOf<Contact>('contacts', contacts, { turned: turnedContact }),
  thingsOf<Activity>('activities', activities, { turned: (record) => ({ record }) }),
  referringCustomers,
]
