import { httpHandler } from '../api.ts'
import { remindersRoutes } from './routes.ts'

export const handler = httpHandler(remindersRoutes)
