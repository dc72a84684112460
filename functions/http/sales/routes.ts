import type { AnyRoute } from '../route.ts'
import { orderRoutes } from './orders.ts'
import { priceHistoryRoutes } from './price-history.ts'
import { productRoutes } from './products.ts'
import { quoteRoutes } from './quotes.ts'
import { salesSearchRoutes } from './searches.ts'
import { shipmentRoutes } from './shipments.ts'
import { statementRoutes } from './statements.ts'

export const salesRoutes: AnyRoute[] = [
  ...productRoutes,
  ...quoteRoutes,
  ...priceHistoryRoutes,
  ...orderRoutes,
  ...shipmentRoutes,
  ...statementRoutes,
  ...salesSearchRoutes,
]
