import * as z from 'zod'
import { defineEvent } from './define.ts'
import { Changed, channel, currency, date, id, Numbered, Opening, sampleTerms, send, terms, units, user, withProducts } from './fields.ts'

export const OrderCreated = defineEvent({
  name: 'order.created',
  version: 1,
  summary: 'An order was drafted, typed or from a quote.',
  data: z.strictObject({ number: z.string(), quoteId: id.nullable() }),
  sample: { number: 'SO202611-0001', quoteId: 'quo_01JD8ZQ4T5M6N7P8Q9R0S1T2V3' },
})
export const OrderChanged = defineEvent({
  name: 'order.changed',
  version: 1,
  summary: 'Fields of an order were changed that no confirmation binds, or a draft of one.',
  data: Changed,
  sample: { changed: ['deliverOn'] },
})
export const OrderDeleted = defineEvent({
  name: 'order.deleted',
  version: 1,
  summary: 'A draft of an order was deleted.',
  data: Numbered,
  sample: { number: 'SO202611-0001' },
})
export const OrderSent = defineEvent({
  name: 'order.sent',
  version: 1,
  summary: 'An order was sent to its customer by mail, by link or on paper.',
  data: z.strictObject({ number: z.string(), edition: z.int(), channel, send, total: units, currency }),
  sample: { number: 'SO202611-0001', edition: 1, channel: 'email', send: 1, total: 113_000, currency: 'CNY' },
})
export const OrderHeld = defineEvent({
  name: 'order.held',
  version: 1,
  summary: 'An order would go over the credit limit of its customer: it waits for a manager.',
  data: z.strictObject({ number: z.string(), base: units, exposure: units, limit: units.nullable() }),
  sample: { number: 'SO202611-0001', base: 113_000, exposure: 950_000, limit: 1_000_000 },
})

const Confirmed = z.strictObject({
  number: z.string(),
  orderedOn: date,
  on: date,
  total: units,
  net: units,
  currency,
  exchangeRate: z.string(),
  base: units,
  terms,
  openings: z.array(Opening),
  ownerId: id.nullable(),
  salesRepId: id.nullable(),
  withProducts,
})
const sampleConfirmed = {
  number: 'SO202611-0001',
  orderedOn: '2026-11-21',
  on: '2026-11-21',
  total: 113_000,
  net: 100_000,
  currency: 'CNY',
  exchangeRate: '1',
  base: 113_000,
  terms: sampleTerms,
  openings: [],
  ownerId: user,
  salesRepId: user,
  withProducts: true,
}
export const OrderConfirmed = defineEvent({
  name: 'order.confirmed',
  version: 1,
  summary: 'An order was confirmed. `openings` are the instalments that do not wait for a shipment.',
  data: Confirmed.extend({ reason: z.string().nullable(), flags: z.array(z.string()) }),
  sample: { ...sampleConfirmed, reason: null, flags: [] },
})
export const OrderAmended = defineEvent({
  name: 'order.amended',
  version: 1,
  summary: 'Lines or dates of a confirmed order were changed; the figures are those from now on.',
  data: Confirmed.extend({ reason: z.string(), changed: z.array(z.string()) }),
  sample: { ...sampleConfirmed, reason: '客户加量', changed: ['lines'] },
})
const Ended = z.strictObject({ number: z.string(), on: date, reason: z.string().nullable(), givenBack: units, base: units, currency })
const sampleEnded = { number: 'SO202611-0001', on: '2026-11-28', reason: null, givenBack: 56_500, base: 56_500, currency: 'CNY' }
export const OrderCancelled = defineEvent({
  name: 'order.cancelled',
  version: 1,
  summary: 'An order was cancelled before anything of it was shipped.',
  data: Ended,
  sample: { ...sampleEnded, reason: '客户取消' },
})
export const OrderClosed = defineEvent({
  name: 'order.closed',
  version: 1,
  summary: 'An order was closed; what was not shipped by then is not owed any more.',
  data: Ended,
  sample: sampleEnded,
})
