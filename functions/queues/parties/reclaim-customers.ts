import * as z from 'zod'
import { reclaimFacts } from '../../../domain/identity/index.ts'
import { BusinessDate } from '../../../domain/kernel/dates.ts'
import { reclaimCustomers } from '../../../domain/parties/ownership/reclaim-customers.ts'
import { ruleLevels } from '../../../domain/parties/ownership/reclaim-rules.ts'
import { watchCustomers } from '../../../domain/parties/ownership/watch-customers.ts'
import { runningBusiness } from '../../../domain/sales/running-business.ts'
import { enqueue } from '../../clients/queues.ts'
import { queueWorker } from '../../queue-worker.ts'
import { systemActor, systemContext, tenantContext } from '../../runtime.ts'

const Run = z.strictObject({
  tenantId: z.string(),
  day: BusinessDate,
  part: z.enum([...ruleLevels, 'watch']),
  fact: z.enum(reclaimFacts).optional(),
  after: z.string().optional(),
  customerId: z.string().optional(),
})

/** A tenant's customers of one level on one day, or those that are not watched yet, a page at a time. */
export const handler = queueWorker(Run, async ({ part, ...run }) => {
  const ctx = await tenantContext(run.tenantId, systemActor, undefined, { enqueue })
  if (part === 'watch') await watchCustomers(ctx, systemContext(), { ...run, part })
  else await reclaimCustomers(ctx, { ...run, part }, runningBusiness)
})
