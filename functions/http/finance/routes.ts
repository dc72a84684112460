import { creditRoutes } from './credit.ts'
import { receivableRoutes } from './receivables.ts'

export const financeRoutes = [...creditRoutes, ...receivableRoutes]
