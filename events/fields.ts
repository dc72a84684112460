import * as z from 'zod'

export const id = z.string()
export const date = z.string()
export const currency = z.string()
/** Minor units of the currency beside it; `base` is always that of the firm's own. */
export const units = z.int()
/** How a document goes to the customer. */
export const channel = z.enum(['email', 'link', 'paper'])
/** Counts how often the document was sent. */
export const send = z.int()
/** Whether a line is of a product: only then is there news for the price history. What does not say so may have one. */
export const withProducts = z.boolean().default(true)

export const Nothing = z.strictObject({})
export const Changed = z.strictObject({ changed: z.array(z.string()) })
export const Numbered = z.strictObject({ number: z.string() })

/** Terms of payment as they stand on the document; `docs/openapi.json` has them as PaymentTerms. */
export const terms = z.record(z.string(), z.unknown()).nullable()
export const sampleTerms = { kind: 'days', from: 'shipment', days: 30 }

/**
 * A share of an order or direct shipment that becomes a receivable. `by` is what it follows: the terms of the document, or the
 * instalment with that place in the order, which falls due `days` after it, or on `on`. All shares of an order sum to its total.
 */
export const Opening = z.strictObject({
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

export const user = 'usr_01JD8ZQ4T5M6N7P8Q9R0S1T2V3'
export const order = 'ord_01JD8ZQ4T5M6N7P8Q9R0S1T2V3'
export const sampleOpening: Opening = {
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
