import type { TransferKind } from '../kernel/transfer-kind.ts'
import { activitySheet } from './sheet/activity-sheet.ts'
import { contactSheet } from './sheet/contact-sheet.ts'
import { customerSheet } from './sheet/customer-sheet.ts'

/** What of parties comes in and goes out in sheets. */
export const partiesSheets: TransferKind[] = [customerSheet, contactSheet, activitySheet]
