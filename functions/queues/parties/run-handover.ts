import * as z from 'zod'
import { runHandover } from '../../../domain/parties/handover/run-handover.ts'
import { enqueue } from '../../clients/queues.ts'
import { handoverMovers } from '../../handover-movers.ts'
import { queueWorker } from '../../queue-worker.ts'
import { systemActor, systemContext, tenantContext } from '../../runtime.ts'

const Job = z.strictObject({ tenantId: z.string(), handoverId: z.string() })

/** A handover, as far as one message carries it; another goes on. */
export const handler = queueWorker(Job, async (job) => {
  const ctx = await tenantContext(job.tenantId, systemActor)
  if (!(await runHandover(ctx, systemContext(), job.handoverId, handoverMovers))) await enqueue('run-handover', [job])
})
