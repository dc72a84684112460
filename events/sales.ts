import * as z from 'zod'
import { defineEvent } from './define.ts'
import { Changed, channel, currency, date, id, Nothing, Numbered, send, units, withProducts } from './fields.ts'

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
