import { madeAt } from '../../kernel/ids.ts'
import { absent, codeAt, listAt, numberAt, textAt } from '../../kernel/packed.ts'
import type { Customer } from '../customer/customer.ts'
import { cardPart, codedFields } from '../customer/customer-card.ts'
import type { CardRow, NounFields, SearchedField } from './fields.ts'

type Field = SearchedField<Customer>

const codeField = (name: keyof typeof codedFields, of: Field['of']): Field => {
  const place = Object.keys(codedFields).indexOf(name)
  const field = codedFields[name]
  return { ...field, of, card: ({ parts }) => codeAt(field, parts, place), sorts: true }
}
const textField = (part: number, of: Field['of']): Field => ({ kind: 'text', of, card: ({ parts }) => textAt(parts, part), sorts: true })
const dateField = (part: number, of: Field['of']): Field => ({ kind: 'date', of, card: ({ parts }) => numberAt(parts, part), sorts: true })
const listField = (part: number, of: Field['of']): Field => ({ kind: 'texts', of, card: ({ parts }) => listAt(parts, part) })
const inAddresses = (name: 'city' | 'province' | 'district' | 'country') => (customer: Customer) =>
  (customer.addresses ?? []).flatMap((address) => address[name] ?? [])

/** What is not on the card, and so takes reading the whole record. */
const offCard = (kind: Field['kind'], of: Field['of']): Field => ({ kind, of })

/** Fields by which customers are searched. Those with `card` are judged without reading the record. */
export const customerFields: NounFields<Customer> = {
  id: { kind: 'id', of: ({ id }) => id, card: ({ id }) => id },
  name: textField(cardPart.name, ({ name }) => name),
  shortName: textField(cardPart.shortName, ({ shortName }) => shortName),
  aliases: listField(cardPart.aliases, ({ aliases }) => aliases),
  phones: { kind: 'phones', of: ({ phones }) => phones, card: ({ parts }) => listAt(parts, cardPart.phones) },
  'addresses.city': listField(cardPart.cities, inAddresses('city')),
  'addresses.province': {
    kind: 'texts',
    of: inAddresses('province'),
    // A card that was written before it held provinces says nothing of them.
    card: ({ parts }) => (parts.length > cardPart.provinces ? listAt(parts, cardPart.provinces) : absent),
  },
  tags: listField(cardPart.tags, ({ tags }) => tags),
  industry: textField(cardPart.industry, ({ industry }) => industry),
  source: textField(cardPart.source, ({ source }) => source),
  level: codeField('level', ({ level }) => level),
  levelSource: codeField('levelSource', ({ levelSource }) => levelSource),
  growthPotential: codeField('growthPotential', ({ growthPotential }) => growthPotential),
  poor: codeField('poor', ({ poor }) => poor),
  lifecycleStage: codeField('lifecycleStage', ({ lifecycleStage }) => lifecycleStage),
  kind: codeField('kind', ({ kind }) => kind),
  locked: codeField('locked', ({ lock }) => lock !== undefined),
  'marketing.optedOut': codeField('marketing.optedOut', ({ marketing }) => marketing?.optedOut),
  ownerId: { kind: 'id', of: ({ ownerId }) => ownerId, card: ({ place }) => place.ownerId, sorts: true },
  poolId: {
    kind: 'id',
    of: ({ poolId }) => poolId,
    card: ({ place, parts }) => (place.ownerId ? textAt(parts, cardPart.poolId) : place.poolId),
  },
  nextContactOn: dateField(cardPart.nextContactOn, ({ openFollowUps }) => openFollowUps?.[0]?.dueOn),
  lastQuotedOn: dateField(cardPart.lastQuotedOn, ({ lastQuotedOn }) => lastQuotedOn),
  lastOrderedOn: dateField(cardPart.lastOrderedOn, ({ lastOrderedOn }) => lastOrderedOn),
  lastContactAt: {
    kind: 'instant',
    of: ({ lastContactAt }) => lastContactAt,
    card: ({ parts }) => numberAt(parts, cardPart.lastContactAt),
    sorts: true,
  },
  createdAt: { kind: 'instant', of: ({ id }) => madeAt(id), card: ({ id }: CardRow) => madeAt(id), sorts: true },
  externalId: offCard('text', ({ externalId }) => externalId),
  taxNumber: offCard('text', ({ taxNumber }) => taxNumber),
  email: offCard('text', ({ email }) => email),
  website: offCard('text', ({ website }) => website),
  parentCustomerId: offCard('id', ({ parentCustomerId }) => parentCustomerId),
  referredById: offCard('id', ({ referredById }) => referredById),
  'addresses.district': offCard('texts', inAddresses('district')),
  'addresses.country': offCard('texts', inAddresses('country')),
  'teamMembers.userId': offCard('ids', ({ teamMembers }) => (teamMembers ?? []).map(({ userId }) => userId)),
  'creditLimit.amount': offCard('number', ({ creditLimit }) => creditLimit?.amount),
  'overdueLimit.amount': offCard('number', ({ overdueLimit }) => overdueLimit?.amount),
  holdWhenOverdueDays: offCard('number', ({ holdWhenOverdueDays }) => holdWhenOverdueDays),
  priceLevel: offCard('text', ({ priceLevel }) => priceLevel),
  ownedSince: offCard('instant', ({ ownedSince }) => ownedSince),
  updatedAt: offCard('instant', ({ updatedAt }) => updatedAt),
  createdBy: offCard('id', ({ createdBy }) => createdBy),
  notes: offCard('text', ({ notes }) => notes),
}
