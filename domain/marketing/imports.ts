import type { TransferKind } from '../kernel/transfer-kind.ts'
import { leadSheet } from './lead/lead-sheet.ts'
import { suppressionSheet } from './suppression/suppression-sheet.ts'

/** What of marketing comes in and goes out in sheets. */
export const marketingSheets: TransferKind[] = [suppressionSheet, leadSheet]
