import { factsAsked, type ReclaimFact, reclaimTenantEntry } from '../../identity/index.ts'
import type { Context, SystemContext } from '../../kernel/context.ts'
import { commit, retryStale } from '../../store/commit.ts'
import { queryPage } from '../../store/query.ts'
import { find } from '../../store/read.ts'
import { systemRaise } from '../../store/system.ts'
import { allCustomers, customers } from '../customer/customer.table.ts'
import { freshReclaimSettings } from './reclaim-settings.ts'
import { levelRuns, type ReclaimRun } from './start-reclaims.ts'

const atOnce = 100

const isWatched = ({ watched = [] }: { watched?: ReclaimFact[] | undefined }, facts: ReclaimFact[]) =>
  facts.every((fact) => watched.includes(fact))

async function watch(ctx: Context, id: string, facts: ReclaimFact[]): Promise<void> {
  const customer = await find(ctx, customers, id, { consistent: true })
  if (customer && !isWatched(customer, facts)) await commit(ctx, [customers.replace(ctx, customer, { ...customer, watched: facts })], [])
}

/**
 * Puts customers that were there before the rules under the watch of a reclaim, a page at a time: tenants without such rules,
 * or without one of their kinds, pay nothing for the entries. Customers created since are watched from the start. The last page starts the run of the day.
 */
export async function watchCustomers(ctx: Context, system: SystemContext, run: ReclaimRun): Promise<void> {
  const { tenantId, day } = run
  const [begun = ctx.now(), after] = run.after?.split(' ') ?? []
  const facts = factsAsked((await freshReclaimSettings(ctx))?.rules ?? {})
  const { items, more } = await queryPage(ctx, { index: 'gsi1', partition: allCustomers }, { limit: atOnce, after })
  for (const item of items) if (!isWatched(item, facts)) await retryStale(() => watch(ctx, item.id as string, facts))
  const last = items.at(-1)?.gsi1sk as string | undefined
  if (more && last) return ctx.enqueue('reclaim-customers', [{ ...run, after: `${begun} ${last}` }])
  await ctx.enqueue('reclaim-customers', levelRuns(tenantId, day))
  await systemRaise(system, reclaimTenantEntry(tenantId), 'watchedSince', begun)
}
