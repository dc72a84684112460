import { httpHandler } from '../api.ts'
import { marketingRoutes } from './routes.ts'

export const handler = httpHandler(marketingRoutes)
