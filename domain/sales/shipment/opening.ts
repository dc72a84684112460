import * as z from 'zod'
import { PaymentTerms } from '../../parties/index.ts'

/** A share of an order or direct shipment that becomes a receivable, as events/sales.ts publishes it. */
export const StoredOpening = z.object({
  of: z.string(),
  amount: z.int(),
  base: z.int(),
  by: z.enum(['terms', 'confirm', 'before-shipment', 'dispatch', 'signed', 'date']),
  instalment: z.int().nullable(),
  days: z.int().nullable(),
  on: z.string().nullable(),
  terms: PaymentTerms.nullable(),
  exchangeRate: z.string(),
  isLast: z.boolean(),
})
