import * as z from 'zod'
import { keepOpenSums } from '../../../domain/finance/ageing/keep-open-sums.ts'
import * as finance from '../../../events/finance.ts'
import { OrderCancelled, OrderClosed } from '../../../events/orders.ts'
import { ShipmentCancelled } from '../../../events/shipments.ts'
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
    finance.CreditNoteAllocated,
    finance.CreditNoteIssued,
    finance.CreditNoteReversed,
    finance.CreditNoteUnallocated,
    OrderCancelled,
    OrderClosed,
    finance.ReceiptAllocated,
    finance.ReceiptDishonoured,
    finance.ReceiptIdentified,
    finance.ReceiptRecorded,
    finance.ReceiptRefunded,
    finance.ReceiptReversed,
    finance.ReceiptUnallocated,
    finance.ReceivableOpened,
    finance.ReceivableWithdrawn,
    ShipmentCancelled,
    finance.WriteOffPosted,
    finance.WriteOffReversed,
  ],
  async (ctx, { customerId, subject, data }) => {
    // Money of an unknown payer is in nobody's books yet.
    if (!customerId) return
    const { allocations, receivables } = Touched.parse(data)
    await keepOpenSums(ctx, customerId, [subject.id, ...allocations.map(({ receivableId }) => receivableId), ...receivables])
  },
)
