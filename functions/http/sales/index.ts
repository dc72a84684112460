import { httpHandler } from '../api.ts'
import { salesRoutes } from './routes.ts'

export const handler = httpHandler(salesRoutes)
