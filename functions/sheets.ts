import { financeSheets } from '../domain/finance/imports.ts'
import { identitySheets } from '../domain/identity/imports.ts'
import type { TransferKind } from '../domain/kernel/transfer-kind.ts'
import { marketingSheets } from '../domain/marketing/imports.ts'
import { partiesSheets } from '../domain/parties/imports.ts'
import { salesSheets } from '../domain/sales/imports.ts'

/** Every kind of record that comes in and goes out in sheets, as the contexts declare them. */
export const sheets: TransferKind[] = [...partiesSheets, ...identitySheets, ...marketingSheets, ...salesSheets, ...financeSheets]
