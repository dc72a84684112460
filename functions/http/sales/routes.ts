import type { AnyRoute } from '../route.ts'
import { productRoutes } from './products.ts'

export const salesRoutes: AnyRoute[] = [...productRoutes]
