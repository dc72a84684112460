import { describe, expect, test } from 'vitest'
import { absent, unpacked } from '../../../domain/kernel/packed.ts'
import { comparable } from '../../../domain/kernel/search-fields.ts'
import type { Contact } from '../../../domain/parties/contact/contact.ts'
import { contactCards } from '../../../domain/parties/contact/contact-card.ts'
import type { Customer } from '../../../domain/parties/customer/customer.ts'
import { customerCards } from '../../../domain/parties/customer/customer-card.ts'
import { contactFields } from '../../../domain/parties/search/contact-fields.ts'
import { customerFields } from '../../../domain/parties/search/customer-fields.ts'
import type { NounFields } from '../../../domain/parties/search/fields.ts'
import type { Card } from '../../../domain/store/entity-definition.ts'

const id = (prefix: string) => `${prefix}_01JD8ZQ4T5M6N7P8Q9R0S1T2V3`
const ownerId = id('usr')

const bare = { id: id('cus'), name: 'Kältetechnik 华' }
const full = {
  ...{ ...bare, ownerId, shortName: 'KT', aliases: ['Kälte', '冷'], phones: ['021-6543 2100'], tags: ['fair', 'vip'], industry: 'pumps' },
  ...{ source: 'fair', level: 'key-major', growthPotential: true, lifecycleStage: 'lost', kind: 'company', lock: { by: ownerId } },
  ...{ marketing: { optedOut: true }, poolId: id('pol'), openFollowUps: [{ dueOn: '2026-12-01' }], lastQuotedOn: '2026-11-01' },
  ...{ lastOrderedOn: '2026-10-01', lastContactAt: '2026-11-20T09:30:00.000Z' },
  addresses: [{ kind: 'office', city: 'Kiel', province: 'SH', district: 'Mitte', country: 'DE' }, { kind: 'delivery' }],
}
const person = { id: id('con'), customerId: id('cus'), name: 'Li', ownerId }
const wholePerson = {
  ...person,
  title: '经理',
  email: 'li@kt.example',
  phones: ['138 0013 8000'],
  primary: true,
  locale: 'en',
  marketing: { optedOut: true },
}

/** Of every field that stands on a card: what the card says, and what the record itself does. */
function said<T>(fields: NounFields<T>, record: T & { id: string; ownerId?: string }, [card]: Card[]) {
  const place = record.ownerId ? { ownerId: record.ownerId } : {}
  const row = { id: record.id, parts: unpacked(card!.text), place } as never
  const onCard = Object.entries(fields).filter(([, field]) => field.card)
  return onCard.map(([name, field]) => ({ name, card: field.card!(row), record: comparable(field, field.of(record)) }))
}

describe.each([
  [
    'a customer of whom much is known',
    () => said(customerFields, full as never as Customer & { ownerId: string }, customerCards(full as never)),
  ],
  ['a contact of whom all is known', () => said(contactFields, wholePerson as never as Contact, contactCards(wholePerson as never))],
  ['a contact of whom only the name is known', () => said(contactFields, person as never as Contact, contactCards(person as never))],
])('the card of %s', (_, all) => {
  test('says of each of its fields what the record says', () => {
    for (const { name, card, record } of all()) expect([name, card], name).toEqual([name, record])
    expect(all().length).toBeGreaterThan(8)
  })
})

test('fields that are not on the card are read of the record, and what is missing there is nothing', () => {
  const off = Object.values(customerFields).filter((field) => !field.card)

  expect(off.map((field) => comparable(field, field.of(bare as never)))).toEqual(off.map(() => undefined))
  expect(comparable(customerFields['addresses.country']!, customerFields['addresses.country']!.of(full as never))).toEqual(['de'])
})

test('a card from before it held provinces says nothing of them', () => {
  const row = { id: bare.id, parts: ['x'], place: { ownerId } } as never

  expect(customerFields['addresses.province']!.card!(row)).toBe(absent)
})
