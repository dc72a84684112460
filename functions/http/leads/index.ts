import { httpHandler } from '../api.ts'
import { leadsRoutes } from './routes.ts'

export const handler = httpHandler(leadsRoutes)
