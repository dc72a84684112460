import * as z from 'zod'
import { findTenant } from '../../../domain/identity/index.ts'
import { watchDormancy } from '../../../domain/parties/customer/watch-dormancy.ts'
import { enqueue } from '../../clients/queues.ts'
import { queueWorker } from '../../queue-worker.ts'
import { systemActor, tenantContext } from '../../runtime.ts'

const Run = z.strictObject({ tenantId: z.string(), after: z.string().optional() })

/** A page of a firm's customers after it changed when customers are dormant. */
export const handler = queueWorker(Run, async (run) => {
  const ctx = await tenantContext(run.tenantId, systemActor, undefined, { enqueue })
  const tenant = await findTenant(ctx)
  if (tenant) await watchDormancy(ctx, tenant, run)
})
