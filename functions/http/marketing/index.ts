import { mail } from '../../clients/mail.ts'
import { mailAccount } from '../../clients/mail-account.ts'
import { httpHandler } from '../api.ts'
import { marketingRoutes } from './routes.ts'

export const handler = httpHandler(marketingRoutes, { mail, mailAccount })
