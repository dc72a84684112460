import { defineEntity } from '../../store/entity.ts'
import type { ItemKey } from '../../store/entity-definition.ts'
import { externalIdGuard } from '../../store/external-id.ts'
import type { Range } from '../../store/query.ts'
import { customerPartition } from '../customer/customer.table.ts'
import { contactEntries } from '../duplicate/contact-phones.ts'
import type { Contact } from './contact.ts'
import { contactCards } from './contact-card.ts'

export const allContacts = ['CON-ALL']
export const contactsOfOwner = (ownerId: string) => ['CON-OWNER', ownerId]

/** Pointers to contacts by month and day of their birthday, from one day to another of its month. */
export const birthdaysBetween = (first: string, last: string): Range => ({
  partition: birthdaysIn(first.slice(5, 7)),
  from: `${first.slice(8)}#`,
  to: `${last.slice(8)}#~`,
})
const birthdaysIn = (month: string) => ['BIRTHDAYS', month]
export const birthdayMonths = Array.from({ length: 12 }, (_, i) => birthdaysIn(String(i + 1).padStart(2, '0')))

const birthdayPlace = (birthday: string, id: string): ItemKey => ({ pk: birthdaysIn(birthday.slice(5, 7)), sk: [birthday.slice(8), id] })

/** In its customer's partition; lists by creation for all (gsi1) and by the owner of the customer (gsi2). */
export const contacts = defineEntity<Contact>({
  type: 'contact',
  prefix: 'con',
  schemaVersion: 1,
  key: (id) => ({ pk: customerPartition(id), sk: ['CON', id] }),
  gsi1: (contact) => ({ pk: allContacts, sk: [contact.id] }),
  gsi2: (contact) => (contact.ownerId ? { pk: contactsOfOwner(contact.ownerId), sk: [contact.id] } : undefined),
  guards: (contact) => externalIdGuard('contact', contact.externalId),
  entries: contactEntries,
  pointers: ({ birthday, id }) => (birthday ? [{ key: birthdayPlace(birthday, id) }] : []),
  cards: contactCards,
})

/** Access pattern: contacts of a customer by creation; one Query. */
export const contactsOf = (customerId: string): Range => ({ partition: customerPartition(customerId), prefix: ['CON'] })
