import { ImportStarted } from '../../../events/platform.ts'
import { enqueue } from '../../clients/queues.ts'
import { consumer } from '../../consumer.ts'

/** Puts an import that was started to its workers. The event cannot be lost, so neither can the work. */
export const handler = consumer(
  ImportStarted,
  async (ctx, { tenantId, subject }) => ctx.enqueue('run-import', [{ tenantId, importId: subject.id }]),
  { enqueue },
)
