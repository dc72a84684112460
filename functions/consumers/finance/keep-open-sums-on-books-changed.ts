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
import { consumerOf } from '../../consumer.ts'

/** Anything that changes what is open of a customer -> the sums that the totals of today are read from. */
export const handler = consumerOf(
  [
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
  ],
  async (ctx, { customerId }) => {
    // Money of an unknown payer is in nobody's books yet.
    if (customerId) await keepOpenSums(ctx, customerId)
  },
)
