import * as z from 'zod'
import { tidyOpenSums } from '../../../domain/finance/ageing/tidy-open-sums.ts'
import { keepMonthEnds } from '../../../domain/finance/month-end/keep-month-ends.ts'
import { Instant } from '../../../domain/kernel/dates.ts'
import { retryStale } from '../../../domain/store/commit.ts'
import { enqueue } from '../../clients/queues.ts'
import { queueWorker } from '../../queue-worker.ts'
import { systemActor, tenantContext } from '../../runtime.ts'

const MonthEndTask = z.strictObject({ tenantId: z.string(), upTo: Instant })

/** What was open at the end of a tenant's months, counted up to a moment; two years of them at a time. At last the sums of today are tidied. */
export const handler = queueWorker(MonthEndTask, async (message) => {
  const ctx = await tenantContext(message.tenantId, systemActor, undefined, { enqueue })
  if (await retryStale(() => keepMonthEnds(ctx, message.upTo))) await ctx.enqueue('keep-month-ends', [message])
  else await tidyOpenSums(ctx)
})
