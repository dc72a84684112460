import { creditRoutes } from './credit.ts'
import { creditNoteRoutes } from './credit-notes.ts'
import { receiptRoutes } from './receipts.ts'
import { receivableRoutes } from './receivables.ts'
import { writeOffRoutes } from './write-offs.ts'

export const financeRoutes = [...creditRoutes, ...receivableRoutes, ...receiptRoutes, ...creditNoteRoutes, ...writeOffRoutes]
