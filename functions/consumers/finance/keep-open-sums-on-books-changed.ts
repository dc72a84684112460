import * as z from 'zod'
import { keepOpenSums } from '../../../domain/finance/ageing/keep-open-sums.ts'
import {
  CreditNoteAllocated,
  CreditNoteIssued,
  CreditNoteReversed,
  CreditNoteUnallocated,
  ReceiptAllocated,
  ReceiptDishonoured,
  ReceiptIdentified,
  ReceiptRecorded,
  ReceiptRefunded,
  ReceiptReversed,
  ReceiptUnallocated,
  ReceivableOpened,
  ReceivableWithdrawn,
  WriteOffPosted,
  WriteOffReversed,
} from '../../../events/finance.ts'
import { OrderCancelled, OrderClosed, ShipmentCancelled } from '../../../events/sales.ts'
import { consumerOf } from '../../consumer.ts'

/** Whatever of the news says which receivables it is about. */
const Touched = z.object({
  allocations: z.array(z.object({ receivableId: z.string() })).default([]),
  receivables: z.array(z.string()).default([]),
})

/**
 * Anything that changes what is open of a customer -> the sums that the totals of today are read from. What a cancelled shipment or
 * an ended order takes back of the books has no news of its own: theirs says it.
 */
export const handler = consumerOf(
  [
    CreditNoteAllocated,
    CreditNoteIssued,
    CreditNoteReversed,
    CreditNoteUnallocated,
    OrderCancelled,
    OrderClosed,
    ReceiptAllocated,
    ReceiptDishonoured,
    ReceiptIdentified,
    ReceiptRecorded,
    ReceiptRefunded,
    ReceiptReversed,
    ReceiptUnallocated,
    ReceivableOpened,
    ReceivableWithdrawn,
    ShipmentCancelled,
    WriteOffPosted,
    WriteOffReversed,
  ],
  async (ctx, { customerId, subject, data }) => {
    // Money of an unknown payer is in nobody's books yet.
    if (!customerId) return
    const { allocations, receivables } = Touched.parse(data)
    await keepOpenSums(ctx, customerId, [subject.id, ...allocations.map(({ receivableId }) => receivableId), ...receivables])
  },
)
