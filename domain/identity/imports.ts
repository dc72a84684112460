import type { TransferKind } from '../kernel/transfer-kind.ts'
import { userSheet } from './user/user-sheet.ts'

/** What of identity comes in and goes out in sheets. */
export const identitySheets: TransferKind[] = [userSheet]
