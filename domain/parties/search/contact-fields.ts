import { madeAt, partitionOf } from '../../kernel/ids.ts'
import { codeAt, listAt, textAt } from '../../kernel/packed.ts'
import type { Contact } from '../contact/contact.ts'
import { cardPart, codedFields, customerOfCard } from '../contact/contact-card.ts'
import type { NounFields, SearchedField } from './fields.ts'

type Field = SearchedField<Contact>

const codeField = (name: keyof typeof codedFields, of: Field['of']): Field => {
  const place = Object.keys(codedFields).indexOf(name)
  const field = codedFields[name]
  return { ...field, of, card: ({ parts }) => codeAt(field, parts, place), sorts: true }
}
const textField = (part: number, of: Field['of']): Field => ({ kind: 'text', of, card: ({ parts }) => textAt(parts, part), sorts: true })
const offCard = (kind: Field['kind'], of: Field['of']): Field => ({ kind, of })

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
  primary: codeField('primary', ({ primary }) => primary ?? false),
  locale: codeField('locale', ({ locale }) => locale),
  'marketing.optedOut': codeField('marketing.optedOut', ({ marketing }) => marketing?.optedOut),
  createdAt: { kind: 'instant', of: ({ id }) => madeAt(id), card: ({ id }) => madeAt(id), sorts: true },
  externalId: offCard('text', ({ externalId }) => externalId),
  wechat: offCard('text', ({ wechat }) => wechat),
  qq: offCard('text', ({ qq }) => qq),
  birthday: offCard('date', ({ birthday }) => birthday),
  updatedAt: offCard('instant', ({ updatedAt }) => updatedAt),
  createdBy: offCard('id', ({ createdBy }) => createdBy),
  notes: offCard('text', ({ notes }) => notes),
}
