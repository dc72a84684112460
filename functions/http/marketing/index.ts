import { mail } from '../../clients/mail.ts'
import { httpHandler } from '../api.ts'
import { marketingRoutes } from './routes.ts'

export const handler = httpHandler(marketingRoutes, { mail })
