import * as z from 'zod'
import { defineEvent } from './define.ts'

const id = z.string()
const date = z.string()
const currency = z.string()
/** Minor units of the currency beside it; `base` is always that of the firm's own. */
const units = z.int()
const Changed = z.strictObject({ changed: z.array(z.string()) })

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
export const DunningRaised = defineEvent({
  name: 'dunning.raised',
  version: 1,
  summary: 'A customer is told by mail what is overdue; each receivable once for each level.',
  data: z.strictObject({ level: z.enum(['friendly', 'firm', 'final']), on: date, receivables: z.array(id) }),
  sample: { level: 'friendly', on: '2026-12-28', receivables: ['rcv_01JD8ZQ4T5M6N7P8Q9R0S1T2V3'] },
})
