import type { TransferKind } from '../kernel/transfer-kind.ts'
import { suppressionSheet } from './suppression/suppression-sheet.ts'

/** What of marketing comes in and goes out in sheets. */
export const marketingSheets = [suppressionSheet] as unknown as TransferKind[]
