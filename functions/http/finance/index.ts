import { httpHandler } from '../api.ts'
import { financeRoutes } from './routes.ts'

export const handler = httpHandler(financeRoutes)
