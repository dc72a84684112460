import type { TransferKind } from '../kernel/transfer-kind.ts'
import { quoteSheet, shipmentSheet } from './document/document-sheets.ts'
import { orderSheet } from './order-import/order-sheet.ts'
import { priceSheet } from './price/price-sheet.ts'
import { productSheet } from './product/product-sheet.ts'

/** What of sales comes in and goes out in sheets. */
export const salesSheets: TransferKind[] = [productSheet, priceSheet, quoteSheet, orderSheet, shipmentSheet]
