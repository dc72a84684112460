import { madeAt } from '../../kernel/ids.ts'
import { absent, listAt, numberAt, textAt } from '../../kernel/packed.ts'
import type { Customer } from '../customer/customer.ts'
import { cardPart, codedFields } from '../customer/customer-card.ts'
import { type CardRow, codeField, type NounFields, offCard, type SearchedField, textField } from './fields.ts'

type Field = SearchedField<Customer>

const dateField = (part: number, of: Field['of']): Field => ({ kind: 'date', of, card: ({ parts }) => numberAt(parts, part), sorts: true })
const listField = (part: number, of: Field['of']): Field => ({ kind: 'texts', of, card: ({ parts }) => listAt(parts, part) })
const inAddresses = (name: 'city' | 'province' | 'district' | 'country') => (customer: Customer) =>
  (customer.addresses ?? []).flatMap((address) => address[name] ?? [])

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
  level: codeField(codedFields, 'level', ({ level }) => level),
  levelSource: codeField(codedFields, 'levelSource', ({ levelSource }) => levelSource),
  growthPotential: codeField(codedFields, 'growthPotential', ({ growthPotential }) => growthPotential),
  poor: codeField(codedFields, 'poor', ({ poor }) => poor),
  lifecycleStage: codeField(codedFields, 'lifecycleStage', ({ lifecycleStage }) => lifecycleStage),
  kind: codeField(codedFields, 'kind', ({ kind }) => kind),
  locked: codeField(codedFields, 'locked', ({ lock }) => lock !== undefined),
  'marketing.optedOut': codeField(codedFields, 'marketing.optedOut', ({ marketing }) => marketing?.optedOut),
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
