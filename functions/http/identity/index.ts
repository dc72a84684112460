import { httpHandler } from '../api.ts'
import { identityRoutes } from './routes.ts'

export const handler = httpHandler(identityRoutes)
