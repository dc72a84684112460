import { httpHandler } from '../api.ts'
import { partiesRoutes } from './routes.ts'

export const handler = httpHandler(partiesRoutes)
