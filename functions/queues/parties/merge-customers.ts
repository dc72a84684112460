import * as z from 'zod'
import { runMerge } from '../../../domain/parties/index.ts'
import { enqueue } from '../../clients/queues.ts'
import { queueWorker } from '../../queue-worker.ts'
import { referrers } from '../../referrers.ts'
import { tenantContext } from '../../runtime.ts'

const Message = z.strictObject({ tenantId: z.string(), mergeId: z.string() })

/** Moves the records of a merged customer, or returns them; a large one in several messages, each going on where the last one ended. */
export const handler = queueWorker(Message, async (message) => {
  const ctx = await tenantContext(message.tenantId)
  if (!(await runMerge(ctx, message.mergeId, referrers))) await enqueue('merge-customers', [message])
})
