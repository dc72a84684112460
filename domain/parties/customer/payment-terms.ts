import * as z from 'zod'

const day = z.int().min(1).max(31)

/**
 * When a receivable falls due: at once, some days after shipment or sign-off, or by monthly settlement (月结), whose period
 * ends on a cut-off day (31 = the last of the month).
 */
export const PaymentTerms = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('prepaid') }),
    z.strictObject({ kind: z.literal('days'), from: z.enum(['shipment', 'signed']), days: z.int().min(0).max(365) }),
    z.strictObject({
      kind: z.literal('monthly'),
      from: z.enum(['shipment', 'signed']),
      cutoffDay: day,
      months: z.int().min(0).max(12).nullish(),
      days: z.int().min(0).max(365).nullish(),
      payDay: day.nullish(),
    }),
  ])
  .meta({ id: 'PaymentTerms' })
export type PaymentTerms = z.output<typeof PaymentTerms>
