import { creditRoutes } from './credit.ts'

export const financeRoutes = [...creditRoutes]
