import * as z from 'zod'
import { runImport } from '../../../domain/platform/import/run-import.ts'
import { files } from '../../clients/files.ts'
import { enqueue } from '../../clients/queues.ts'
import { queueWorker } from '../../queue-worker.ts'
import { tenantContext } from '../../runtime.ts'
import { sheets } from '../../sheets.ts'

const ImportWork = z.strictObject({ tenantId: z.string(), importId: z.string() })

/** How long one call works; what is left is for the next one, so that an import may take as long as it does. */
const sliceMs = 40_000

/** An import or its revert, slice by slice. The next slice is asked for before this one is done with, so that none is lost. */
export const handler = queueWorker(ImportWork, async (work) => {
  const ctx = await tenantContext(work.tenantId, undefined, work.importId, { files })
  const until = Date.now() + sliceMs
  const slice = await runImport(ctx, sheets, work.importId, () => Date.now() > until)
  if (slice === 'again') await enqueue('run-import', [work])
})
