import { refusalsIn } from '../../../domain/marketing/suppression/refusals-in.ts'
import { suppress } from '../../../domain/marketing/suppression/suppress.ts'
import { retryStale } from '../../../domain/store/commit.ts'
import { batchHandler } from '../../batch.ts'
import { knownTenant } from '../../known-tenant.ts'

/** A permanent bounce of, or a complaint about, marketing mail -> its recipients are mailed no more; nothing of a mail that another system tagged. */
export const handler = batchHandler(async (event) => {
  const found = refusalsIn(event)
  const ctx = found && (await knownTenant(found.tenantId))
  if (!ctx) return
  for (const refusal of found.refusals) await retryStale(() => suppress(ctx, refusal))
})
