import type { Context } from '../../kernel/context.ts'
import type { Write } from '../../store/write.ts'
import { currentTenant } from './read-tenant.ts'
import { tenants } from './tenant.table.ts'

/**
 * From now on the events of the tenant are marked for whoever starts campaigns from them; none are of tenants without such
 * campaigns, so that nobody looks at their events in vain. Whoever read the tenant before marks them within 30 seconds.
 */
export async function markEvents(ctx: Context): Promise<Write[]> {
  const before = await currentTenant(ctx)
  return before.marksEvents ? [] : [tenants.replace(ctx, before, { ...before, marksEvents: true })]
}
