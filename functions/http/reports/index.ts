import { httpHandler } from '../api.ts'
import { reportsRoutes } from './routes.ts'

export const handler = httpHandler(reportsRoutes)
