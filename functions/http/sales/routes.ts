import type { AnyRoute } from '../route.ts'
import { orderRoutes } from './orders.ts'
import { productRoutes } from './products.ts'

export const salesRoutes: AnyRoute[] = [...productRoutes, ...orderRoutes]
