import * as z from 'zod'
import { planDunning } from '../../../domain/finance/dunning/plan-dunning.ts'
import { BusinessDate } from '../../../domain/kernel/dates.ts'
import { enqueue } from '../../clients/queues.ts'
import { queueWorker } from '../../queue-worker.ts'
import { systemActor, tenantContext } from '../../runtime.ts'

const DunningDay = z.strictObject({ tenantId: z.string(), day: BusinessDate })

/** A tenant's customers who are to be told on one day what is overdue. */
export const handler = queueWorker(DunningDay, async (message) =>
  planDunning(await tenantContext(message.tenantId, systemActor, undefined, { enqueue }), message),
)
