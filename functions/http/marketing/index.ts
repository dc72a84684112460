import { orderedBetween } from '../../../domain/analytics/sales-report/sales-between.ts'
import { mail } from '../../clients/mail.ts'
import { mailAccount } from '../../clients/mail-account.ts'
import { httpHandler } from '../api.ts'
import { marketingRoutes } from './routes.ts'

export const handler = httpHandler(marketingRoutes, { mail, mailAccount, sales: orderedBetween })
