import { partitionOf, ulidOf } from '../../kernel/ids.ts'
import { codePart, packed, partOf } from '../../kernel/packed.ts'
import { comparable, type SearchField } from '../../kernel/search-fields.ts'
import { Locale } from '../../kernel/text.ts'
import type { Card } from '../../store/entity-definition.ts'
import type { Contact } from './contact.ts'

/** Fields that are one character each on the card, in their order. */
export const codedFields = {
  primary: { kind: 'flag' },
  'marketing.optedOut': { kind: 'flag' },
  locale: { kind: 'option', options: Locale.options },
} as const satisfies Record<string, SearchField>

const codes: SearchField[] = Object.values(codedFields)

/** Where a part stands on the card; what comes last is left out first. */
export const cardPart = { codes: 0, customer: 1, name: 2, phones: 3, title: 4, email: 5 } as const

/** As of a customer's card: with its key at most 256 bytes. */
const room = 152

/** Contacts of pool customers are spread over a few partitions. */
const poolShards = 4

/** Partitions of the cards of contacts whose customer a user owns, or nobody. */
export const contactCardsOf = (ownerId: string) => ['CON-CARD', ownerId]
export const contactCardsOfPools = Array.from({ length: poolShards }, (_, i) => ['CON-CARD', 'pools', String(i)])

/** The card of a contact, with the cards of its customer's owner. */
export function contactCards({ id, customerId, ownerId, primary, marketing, locale, name, phones, title, email }: Contact): Card[] {
  const parts = [
    codePart(codes, [primary ?? false, marketing?.optedOut, locale]),
    partitionOf(customerId) === partitionOf(id) ? '' : partitionOf(customerId),
    partOf(comparable({ kind: 'text' }, name)),
    partOf(comparable({ kind: 'phones' }, phones)),
    partOf(comparable({ kind: 'text' }, title)),
    partOf(comparable({ kind: 'text' }, email)),
  ]
  const pk = ownerId ? contactCardsOf(ownerId) : contactCardsOfPools[id.charCodeAt(id.length - 1) % poolShards]!
  return [{ key: { pk, sk: [ulidOf(id)] }, text: packed(parts, room) }]
}

/** The partition of a contact's customer: that of the contact itself, but for contacts that a merge gave to another customer. */
export const customerOfCard = ({ id, parts }: { id: string; parts: readonly string[] }): string =>
  parts[cardPart.customer] || partitionOf(id)
