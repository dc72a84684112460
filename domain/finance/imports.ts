import type { TransferKind } from '../kernel/transfer-kind.ts'
import { receivableSheet } from './receivable/receivable-sheet.ts'

/** What of the books comes in and goes out in sheets. */
export const financeSheets = [receivableSheet] as unknown as TransferKind[]
