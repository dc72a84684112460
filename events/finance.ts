import * as z from 'zod'
import { defineEvent } from './define.ts'
import { Changed, currency, date, id, units } from './fields.ts'

export const ReceivableOpened = defineEvent({
  name: 'receivable.opened',
  version: 1,
  summary: 'Something is owed: by a shipment, an instalment, or entered by hand.',
  data: z.strictObject({
    number: z.string(),
    issuedOn: date,
    dueOn: date,
    amount: units,
    currency,
    base: units,
    orderId: id.nullable(),
    shipmentId: id.nullable(),
    ownerId: id.nullable(),
    /** Of an opening balance: what of the amount was settled before it came into these books. */
    settledBefore: units.optional(),
  }),
  sample: {
    number: 'DN202611-0001',
    issuedOn: '2026-11-25',
    dueOn: '2026-12-25',
    amount: 56_500,
    currency: 'CNY',
    base: 56_500,
    orderId: 'ord_01JD8ZQ4T5M6N7P8Q9R0S1T2V3',
    shipmentId: 'shp_01JD8ZQ4T5M6N7P8Q9R0S1T2V3',
    ownerId: 'usr_01JD8ZQ4T5M6N7P8Q9R0S1T2V3',
  },
})
export const ReceivableChanged = defineEvent({
  name: 'receivable.changed',
  version: 1,
  summary: 'A receivable was disputed or not any more, a payment was promised, or notes were changed.',
  data: Changed,
  sample: { changed: ['promise'] },
})

export const ReceivableWithdrawn = defineEvent({
  name: 'receivable.withdrawn',
  version: 1,
  summary: 'A receivable that came by an import was taken back, before anything was allocated to it.',
  data: z.strictObject({ number: z.string(), on: date, amount: units, currency }),
  sample: { number: 'INV-2041', on: '2026-10-31', amount: 56_500, currency: 'CNY' },
})

const receivable = 'rcv_01JD8ZQ4T5M6N7P8Q9R0S1T2V3'
const Shares = z.array(z.strictObject({ receivableId: id, amount: units, on: date }))
const sampleShares = [{ receivableId: receivable, amount: 56_500, on: '2026-11-28' }]

/** Money or a credit of a customer, as it came into the books. */
const Source = z.strictObject({
  number: z.string(),
  on: date,
  amount: units,
  currency,
  base: units,
  unallocated: units,
  allocations: Shares,
  ownerId: id.nullable(),
})
const sampleSource = {
  number: 'RC202611-0001',
  on: '2026-11-28',
  amount: 56_500,
  currency: 'CNY',
  base: 56_500,
  unallocated: 0,
  allocations: sampleShares,
  ownerId: 'usr_01JD8ZQ4T5M6N7P8Q9R0S1T2V3',
}
const Allocated = z.strictObject({ number: z.string(), allocations: Shares, unallocated: units, currency })
const sampleAllocated = { number: 'RC202611-0001', allocations: sampleShares, unallocated: 0, currency: 'CNY' }
const Ended = z.strictObject({
  number: z.string(),
  on: date,
  amount: units,
  currency,
  reason: z.string().nullable(),
  /** What it settled, and is owed again: of another customer too, where a merge was undone. */
  receivables: z.array(id).optional(),
})
const sampleRefunded = { number: 'RC202611-0001', on: '2026-11-30', amount: 56_500, currency: 'CNY', reason: '录入错误' }
const sampleEnded = { ...sampleRefunded, receivables: [receivable] }

export const ReceiptRecorded = defineEvent({
  name: 'receipt.recorded',
  version: 1,
  summary: 'Money came in; without allocations and figures of a customer while nobody knows who paid.',
  data: Source.extend({ method: z.string() }),
  sample: { ...sampleSource, method: 'bank' },
})
export const ReceiptIdentified = defineEvent({
  name: 'receipt.identified',
  version: 1,
  summary: 'It was found out who paid: the money is in the books of that customer now.',
  data: Source,
  sample: sampleSource,
})
export const ReceiptChanged = defineEvent({
  name: 'receipt.changed',
  version: 1,
  summary: 'What is said about a receipt was changed; its figures never are.',
  data: Changed,
  sample: { changed: ['reference'] },
})
export const ReceiptAllocated = defineEvent({
  name: 'receipt.allocated',
  version: 1,
  summary: 'More of a receipt settles receivables.',
  data: Allocated,
  sample: sampleAllocated,
})
export const ReceiptUnallocated = defineEvent({
  name: 'receipt.unallocated',
  version: 1,
  summary: 'Allocations of a receipt were taken back.',
  data: Allocated,
  sample: { ...sampleAllocated, unallocated: 56_500 },
})
export const ReceiptReversed = defineEvent({
  name: 'receipt.reversed',
  version: 1,
  summary: 'A receipt was taken out of the books: what it settled is owed again.',
  data: Ended,
  sample: sampleEnded,
})
export const ReceiptDishonoured = defineEvent({
  name: 'receipt.dishonoured',
  version: 1,
  summary: 'An acceptance bill was not paid: what it settled is owed again, with the old due dates.',
  data: Ended,
  sample: sampleEnded,
})
export const ReceiptRefunded = defineEvent({
  name: 'receipt.refunded',
  version: 1,
  summary: 'Unallocated money was paid back.',
  data: Ended,
  sample: sampleRefunded,
})
export const CreditNoteIssued = defineEvent({
  name: 'credit-note.issued',
  version: 1,
  summary: 'A customer was credited: by hand, or for goods that came back.',
  data: Source,
  sample: { ...sampleSource, number: 'CN202611-0001' },
})
export const CreditNoteAllocated = defineEvent({
  name: 'credit-note.allocated',
  version: 1,
  summary: 'More of a credit note settles receivables.',
  data: Allocated,
  sample: { ...sampleAllocated, number: 'CN202611-0001' },
})
export const CreditNoteUnallocated = defineEvent({
  name: 'credit-note.unallocated',
  version: 1,
  summary: 'Allocations of a credit note were taken back.',
  data: Allocated,
  sample: { ...sampleAllocated, number: 'CN202611-0001', unallocated: 56_500 },
})
export const CreditNoteReversed = defineEvent({
  name: 'credit-note.reversed',
  version: 1,
  summary: 'A credit note was taken out of the books: what it settled is owed again.',
  data: Ended,
  sample: { ...sampleEnded, number: 'CN202611-0001' },
})
export const WriteOffPosted = defineEvent({
  name: 'write-off.posted',
  version: 1,
  summary: 'Receivables were given up as lost.',
  data: Source,
  sample: { ...sampleSource, number: 'WO202611-0001' },
})
export const WriteOffReversed = defineEvent({
  name: 'write-off.reversed',
  version: 1,
  summary: 'A write-off was taken back: what it gave up is owed again.',
  data: Ended,
  sample: { ...sampleEnded, number: 'WO202611-0001' },
})
export const DunningRaised = defineEvent({
  name: 'dunning.raised',
  version: 1,
  summary: 'A customer is told by mail what is overdue; each receivable once for each level.',
  data: z.strictObject({ level: z.enum(['friendly', 'firm', 'final']), on: date, receivables: z.array(id) }),
  sample: { level: 'friendly', on: '2026-12-28', receivables: ['rcv_01JD8ZQ4T5M6N7P8Q9R0S1T2V3'] },
})
