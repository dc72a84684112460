import { Problem } from '../../../domain/kernel/errors.ts'
import { refusalsIn } from '../../../domain/marketing/suppression/refusals-in.ts'
import { suppress } from '../../../domain/marketing/suppression/suppress.ts'
import { retryStale } from '../../../domain/store/commit.ts'
import { batchHandler } from '../../batch.ts'
import { tenantContext } from '../../runtime.ts'

/** The tenant's context; undefined when there is none, as with a mail that another system tagged. */
async function tenantOf(tenantId: string) {
  try {
    return await tenantContext(tenantId)
  } catch (error) {
    if (error instanceof Problem && error.kind === 'not-found') return undefined
    throw error
  }
}

/** A permanent bounce of, or a complaint about, marketing mail -> its recipients are mailed no more. */
export const handler = batchHandler(async (event) => {
  const found = refusalsIn(event)
  const ctx = found && (await tenantOf(found.tenantId))
  if (!ctx) return
  for (const refusal of found.refusals) await retryStale(() => suppress(ctx, refusal))
})
