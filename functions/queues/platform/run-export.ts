import * as z from 'zod'
import { runExport } from '../../../domain/platform/export/run-export.ts'
import { files } from '../../clients/files.ts'
import { enqueue } from '../../clients/queues.ts'
import { queueWorker } from '../../queue-worker.ts'
import { tenantContext } from '../../runtime.ts'
import { sheets } from '../../sheets.ts'

const ExportWork = z.strictObject({ tenantId: z.string(), exportId: z.string() })

/** How long one call begins steps; the last one, which makes the file, may take as long again. */
const sliceMs = 50_000

/** An export, slice by slice. The next slice is asked for before this one is done with, so that none is lost. */
export const handler = queueWorker(ExportWork, async (work) => {
  const ctx = await tenantContext(work.tenantId, undefined, work.exportId, { files })
  const until = Date.now() + sliceMs
  const slice = await runExport(ctx, sheets, work.exportId, () => Date.now() > until)
  if (slice === 'again') await enqueue('run-export', [work])
})
