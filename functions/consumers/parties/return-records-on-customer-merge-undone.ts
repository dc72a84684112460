import { CustomerMergeUndone } from '../../../events/parties.ts'
import { enqueue } from '../../clients/queues.ts'
import { consumer } from '../../consumer.ts'

export const handler = consumer(
  CustomerMergeUndone,
  (ctx, { data }) => ctx.enqueue('merge-customers', [{ tenantId: ctx.tenant.id, mergeId: data.mergeId }]),
  { enqueue },
)
