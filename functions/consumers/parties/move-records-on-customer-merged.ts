import { CustomerMerged } from '../../../events/parties.ts'
import { enqueue } from '../../clients/queues.ts'
import { consumer } from '../../consumer.ts'

export const handler = consumer(
  CustomerMerged,
  (ctx, { data }) => ctx.enqueue('merge-customers', [{ tenantId: ctx.tenant.id, mergeId: data.mergeId }]),
  { enqueue },
)
