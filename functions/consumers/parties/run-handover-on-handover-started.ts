import { HandoverStarted } from '../../../events/parties.ts'
import { enqueue } from '../../clients/queues.ts'
import { consumer } from '../../consumer.ts'

export const handler = consumer(
  HandoverStarted,
  (ctx, { tenantId, subject }) => ctx.enqueue('run-handover', [{ tenantId, handoverId: subject.id }]),
  { enqueue },
)
