import { madeAt, partitionOf } from '../../kernel/ids.ts'
import { listAt } from '../../kernel/packed.ts'
import type { Contact } from '../contact/contact.ts'
import { cardPart, codedFields, customerOfCard } from '../contact/contact-card.ts'
import { codeField, type NounFields, offCard, textField } from './fields.ts'

/** Fields by which contacts are searched. Those with `card` are judged without reading the record. */
export const contactFields: NounFields<Contact> = {
  id: { kind: 'id', of: ({ id }) => id, card: ({ id }) => id },
  // The card knows the partition of the customer alone, which stands in the customer's id and is compared in its place.
  customerId: {
    kind: 'id',
    of: ({ customerId }) => partitionOf(customerId),
    card: customerOfCard,
    compared: (id) => partitionOf(id),
  },
  ownerId: { kind: 'id', of: ({ ownerId }) => ownerId, card: ({ place }) => place.ownerId, sorts: true },
  name: textField(cardPart.name, ({ name }) => name),
  title: textField(cardPart.title, ({ title }) => title),
  email: textField(cardPart.email, ({ email }) => email),
  phones: { kind: 'phones', of: ({ phones }) => phones, card: ({ parts }) => listAt(parts, cardPart.phones) },
  primary: codeField(codedFields, 'primary', ({ primary }) => primary ?? false),
  locale: codeField(codedFields, 'locale', ({ locale }) => locale),
  'marketing.optedOut': codeField(codedFields, 'marketing.optedOut', ({ marketing }) => marketing?.optedOut),
  createdAt: { kind: 'instant', of: ({ id }) => madeAt(id), card: ({ id }) => madeAt(id), sorts: true },
  externalId: offCard('text', ({ externalId }) => externalId),
  wechat: offCard('text', ({ wechat }) => wechat),
  qq: offCard('text', ({ qq }) => qq),
  birthday: offCard('date', ({ birthday }) => birthday),
  updatedAt: offCard('instant', ({ updatedAt }) => updatedAt),
  createdBy: offCard('id', ({ createdBy }) => createdBy),
  notes: offCard('text', ({ notes }) => notes),
}
