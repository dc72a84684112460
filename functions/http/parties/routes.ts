import type { AnyRoute } from '../route.ts'
import { customerRoutes } from './customers.ts'

export const partiesRoutes: AnyRoute[] = [...customerRoutes]
