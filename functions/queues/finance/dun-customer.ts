import * as z from 'zod'
import { dunCustomer } from '../../../domain/finance/dunning/dun-customer.ts'
import { BusinessDate } from '../../../domain/kernel/dates.ts'
import { retryStale } from '../../../domain/store/commit.ts'
import { mailWorker } from '../../mail-worker.ts'

const CustomerDay = z.strictObject({ tenantId: z.string(), customerId: z.string(), day: BusinessDate })

/** One customer's dunning of one day. */
export const handler = mailWorker('dun-customer', CustomerDay, (ctx, message) => retryStale(() => dunCustomer(ctx, message)))
