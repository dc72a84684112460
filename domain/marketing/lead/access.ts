import { allowed, visibleOwners } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { notFound } from '../../kernel/errors.ts'
import { find } from '../../store/read.ts'
import { leads } from './lead.table.ts'
import type { Lead } from './lead.ts'

/** Whose leads the actor sees: `undefined` among the owners stands for leads that wait for one. */
export async function leadReach(ctx: Context): Promise<'all' | ReadonlySet<string | undefined>> {
  const owners = await visibleOwners(ctx)
  if (owners === 'all') return 'all'
  return new Set<string | undefined>([...owners, ...(allowed(ctx.actor, 'leads.assign') ? [undefined] : [])])
}

/** A lead that the actor sees: its own, its team's, and, for who assigns them, those that wait; 404 otherwise. */
export async function visibleLead(ctx: Context, id: string, options: { consistent?: boolean } = {}): Promise<Lead> {
  const [lead, reach] = await Promise.all([find(ctx, leads, id, options), leadReach(ctx)])
  if (!lead || (reach !== 'all' && !reach.has(lead.ownerId))) throw notFound('lead')
  return lead
}

/** The same, read consistently, for whoever is going to change it. */
export const writableLead = (ctx: Context, id: string): Promise<Lead> => visibleLead(ctx, id, { consistent: true })
