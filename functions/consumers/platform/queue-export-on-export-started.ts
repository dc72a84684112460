import { ExportStarted } from '../../../events/platform.ts'
import { enqueue } from '../../clients/queues.ts'
import { consumer } from '../../consumer.ts'

/** Puts an export that was asked for to its workers. The event cannot be lost, so neither can the work. */
export const handler = consumer(
  ExportStarted,
  async (ctx, { tenantId, subject }) => ctx.enqueue('run-export', [{ tenantId, exportId: subject.id }]),
  { enqueue },
)
