import type { TransferKind } from '../kernel/transfer-kind.ts'
import { advanceSheet } from './receipt/advance-sheet.ts'
import { receiptSheet } from './receipt/receipt-sheet.ts'
import { receivableSheet } from './receivable/receivable-sheet.ts'

/** What of the books comes in and goes out in sheets. */
export const financeSheets: TransferKind[] = [receivableSheet, advanceSheet, receiptSheet]
