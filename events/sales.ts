import * as z from 'zod'
import { defineEvent } from './define.ts'

const id = z.string()
const date = z.string()
const currency = z.string()
/** Minor units of the currency beside it; `base` is always that of the firm's own. */
const units = z.int()
/** How a document goes to the customer. */
const channel = z.enum(['email', 'link', 'paper'])
/** Counts how often the document was sent. */
const send = z.int()
/** Whether a line is of a product: only then is there news for the price history. What does not say so may have one. */
const withProducts = z.boolean().default(true)
const Nothing = z.strictObject({})
const Changed = z.strictObject({ changed: z.array(z.string()) })
const Numbered = z.strictObject({ number: z.string() })

/** Terms of payment as they stand on the document; `docs/openapi.json` has them as PaymentTerms. */
const terms = z.record(z.string(), z.unknown()).nullable()
const sampleTerms = { kind: 'days', from: 'shipment', days: 30 }

/**
 * A share of an order or direct shipment that becomes a receivable. `by` is what it follows: the terms of the document, or the
 * instalment with that place in the order, which falls due `days` after it, or on `on`. All shares of an order sum to its total.
 */
const Opening = z.strictObject({
  of: id,
  amount: units,
  base: units,
  by: z.enum(['terms', 'confirm', 'before-shipment', 'dispatch', 'signed', 'date']),
  instalment: z.int().nullable(),
  days: z.int().nullable(),
  on: date.nullable(),
  /** The terms that `by: 'terms'` follows, and the rate of the document it is of. */
  terms,
  exchangeRate: z.string(),
  isLast: z.boolean(),
})
export type Opening = z.output<typeof Opening>

const order = 'ord_01JD8ZQ4T5M6N7P8Q9R0S1T2V3'
const user = 'usr_01JD8ZQ4T5M6N7P8Q9R0S1T2V3'
const sampleOpening: Opening = {
  of: order,
  amount: 56_500,
  base: 56_500,
  by: 'terms',
  instalment: null,
  days: null,
  on: null,
  terms: sampleTerms,
  exchangeRate: '1',
  isLast: false,
}

export const ProductCreated = defineEvent({
  name: 'product.created',
  version: 1,
  summary: 'A product was added.',
  data: Nothing,
  sample: {},
})
export const ProductChanged = defineEvent({
  name: 'product.changed',
  version: 1,
  summary: 'Fields of a product were changed.',
  data: Changed,
  sample: { changed: ['listPrice'] },
})
export const ProductDeleted = defineEvent({
  name: 'product.deleted',
  version: 1,
  summary: 'A product was deleted.',
  data: Nothing,
  sample: {},
})
export const QuoteCreated = defineEvent({
  name: 'quote.created',
  version: 1,
  summary: 'A quote was drafted.',
  data: Numbered,
  sample: { number: 'QT202611-0001' },
})
export const QuoteChanged = defineEvent({
  name: 'quote.changed',
  version: 1,
  summary: 'A draft of a quote was changed.',
  data: Changed,
  sample: { changed: ['lines'] },
})
export const QuoteDeleted = defineEvent({
  name: 'quote.deleted',
  version: 1,
  summary: 'A draft of a quote was deleted.',
  data: Numbered,
  sample: { number: 'QT202611-0001' },
})
export const QuoteSent = defineEvent({
  name: 'quote.sent',
  version: 1,
  summary: 'A quote was sent by mail, by link or on paper; it does not change any more.',
  data: z.strictObject({
    number: z.string(),
    revision: z.int(),
    channel,
    send,
    validUntil: date,
    total: units,
    currency,
    withProducts,
  }),
  sample: {
    number: 'QT202611-0001',
    revision: 1,
    channel: 'email',
    send: 1,
    validUntil: '2026-12-21',
    total: 113_000,
    currency: 'CNY',
    withProducts: true,
  },
})
export const QuoteRevised = defineEvent({
  name: 'quote.revised',
  version: 1,
  summary: 'A new revision of a quote took the place of the former one.',
  data: z.strictObject({ number: z.string(), revision: z.int(), formerId: id }),
  sample: { number: 'QT202611-0001', revision: 2, formerId: 'quo_01JD8ZQ4T5M6N7P8Q9R0S1T2V3' },
})
export const QuoteAccepted = defineEvent({
  name: 'quote.accepted',
  version: 1,
  summary: 'The customer accepted a quote, on the page of its link or by word to somebody of the firm.',
  data: z.strictObject({ number: z.string(), revision: z.int(), online: z.boolean(), on: date, total: units, currency, withProducts }),
  sample: {
    number: 'QT202611-0001',
    revision: 1,
    online: true,
    on: '2026-11-25',
    total: 113_000,
    currency: 'CNY',
    withProducts: true,
  },
})
export const QuoteRejected = defineEvent({
  name: 'quote.rejected',
  version: 1,
  summary: 'The customer declined a quote.',
  data: z.strictObject({ number: z.string(), revision: z.int(), online: z.boolean(), on: date }),
  sample: { number: 'QT202611-0001', revision: 1, online: false, on: '2026-11-25' },
})

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

export const ShipmentCreated = defineEvent({
  name: 'shipment.created',
  version: 1,
  summary: 'A shipment was drafted; one that leaves at once is told by shipment.dispatched alone.',
  data: z.strictObject({ number: z.string(), orderIds: z.array(id) }),
  sample: { number: 'DN202611-0001', orderIds: [order] },
})
export const ShipmentChanged = defineEvent({
  name: 'shipment.changed',
  version: 1,
  summary: 'Fields of a shipment were changed.',
  data: Changed,
  sample: { changed: ['trackingNumber'] },
})
export const ShipmentDeleted = defineEvent({
  name: 'shipment.deleted',
  version: 1,
  summary: 'A draft of a shipment was deleted.',
  data: Numbered,
  sample: { number: 'DN202611-0001' },
})
export const ShipmentDispatched = defineEvent({
  name: 'shipment.dispatched',
  version: 1,
  summary:
    'Goods left. `openings` are what is owed by it now; `waiting` what is owed once they are signed for; `direct` says whether some left without an order.',
  data: z.strictObject({
    number: z.string(),
    shippedOn: date,
    currency,
    exchangeRate: z.string(),
    total: units,
    net: units,
    base: units,
    openings: z.array(Opening),
    waiting: z.array(Opening),
    ownerId: id.nullable(),
    salesRepId: id.nullable(),
    direct: z.boolean().default(true),
  }),
  sample: {
    number: 'DN202611-0001',
    shippedOn: '2026-11-25',
    currency: 'CNY',
    exchangeRate: '1',
    total: 56_500,
    net: 50_000,
    base: 56_500,
    openings: [sampleOpening],
    waiting: [],
    ownerId: user,
    salesRepId: user,
    direct: false,
  },
})
export const ShipmentNoteSent = defineEvent({
  name: 'shipment.note-sent',
  version: 1,
  summary: 'The delivery note of a shipment was sent to its customer by mail, by link or on paper.',
  data: z.strictObject({ number: z.string(), channel, send }),
  sample: { number: 'DN202611-0001', channel: 'email', send: 1 },
})
export const ShipmentSigned = defineEvent({
  name: 'shipment.signed',
  version: 1,
  summary: 'The customer signed for a shipment. `openings` are what is owed from then on.',
  data: z.strictObject({
    number: z.string(),
    shippedOn: date,
    signedOn: date,
    currency,
    exchangeRate: z.string(),
    terms,
    openings: z.array(Opening),
    ownerId: id.nullable(),
  }),
  sample: {
    number: 'DN202611-0001',
    shippedOn: '2026-11-25',
    signedOn: '2026-11-27',
    currency: 'CNY',
    exchangeRate: '1',
    terms: sampleTerms,
    openings: [],
    ownerId: user,
  },
})
export const ShipmentReturned = defineEvent({
  name: 'shipment.returned',
  version: 1,
  summary: 'Goods of a shipment came back: refunded, or to be replaced. The customer is credited with `amount`, at the shipped price.',
  data: z.strictObject({
    returnId: id,
    number: z.string(),
    on: date,
    mode: z.enum(['refund', 'replace']),
    currency,
    exchangeRate: z.string(),
    amount: units,
    net: units,
    base: units,
    parts: z.array(z.strictObject({ of: id, amount: units, base: units })),
    ownerId: id.nullable(),
    salesRepId: id.nullable(),
  }),
  sample: {
    returnId: 'ret_01JD8ZQ4T5M6N7P8Q9R0S1T2V3',
    number: 'DN202611-0001',
    on: '2026-11-30',
    mode: 'refund',
    currency: 'CNY',
    exchangeRate: '1',
    amount: 11_300,
    net: 10_000,
    base: 11_300,
    parts: [{ of: order, amount: 11_300, base: 11_300 }],
    ownerId: user,
    salesRepId: user,
  },
})
export const ShipmentCancelled = defineEvent({
  name: 'shipment.cancelled',
  version: 1,
  summary: 'A shipment was taken back before anything of it was paid: what it opened is not owed any more.',
  data: z.strictObject({ number: z.string(), on: date, reason: z.string().nullable() }),
  sample: { number: 'DN202611-0001', on: '2026-11-26', reason: '录入错误' },
})
const answered = z.strictObject({ from: date, to: date, currency, closing: units, on: date, online: z.boolean() })
const answeredSample = { from: '2026-10-26', to: '2026-11-25', currency: 'CNY', closing: 56_500, on: '2026-11-28', online: true }

export const StatementSent = defineEvent({
  name: 'statement.sent',
  version: 1,
  summary: 'The statement of a period was sent to its customer by mail, by link or on paper.',
  data: z.strictObject({ from: date, to: date, currency, closing: units, channel }),
  sample: { from: '2026-10-26', to: '2026-11-25', currency: 'CNY', closing: 56_500, channel: 'email' },
})
export const StatementConfirmed = defineEvent({
  name: 'statement.confirmed',
  version: 1,
  summary: 'A customer confirmed the closing balance of its statement of a period.',
  data: answered,
  sample: answeredSample,
})
export const StatementObjected = defineEvent({
  name: 'statement.objected',
  version: 1,
  summary: 'A customer does not agree with its statement of a period.',
  data: answered,
  sample: answeredSample,
})
