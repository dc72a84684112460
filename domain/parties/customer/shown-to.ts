import { allowed, withoutHidden } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { today } from '../../kernel/dates.ts'
import { type Customer, shown, shownPool } from './customer.ts'

/**
 * What a pool shows of a customer until it is claimed (domain: Public pool): who it is, what it is worth, where it is to
 * the city, when it was last spoken to, and why it lies there. Everything else, later fields too, stays hidden.
 */
export const shownInPool: ReadonlySet<string> = new Set([
  'id',
  'externalId',
  'name',
  'shortName',
  'industry',
  'source',
  'kind',
  'parentCustomerId',
  'tags',
  'poolId',
  'pool',
  'level',
  'levelSource',
  'growthPotential',
  'poor',
  'lifecycleStage',
  'lastContactAt',
  'lastOrderedOn',
  'locked',
  'lockReason',
  'version',
  'createdAt',
  'createdBy',
  'updatedAt',
])

type Shown = ReturnType<typeof shown> & { pool?: ReturnType<typeof shownPool> }

const onlyCities = (addresses: Shown['addresses']): Shown['addresses'] =>
  addresses?.map(({ kind, country, province, city }) => ({ kind, country, province, city }))

/** True for a customer of the pool and a caller who does not keep the pools: its contact data is hidden until claimed. */
export const isMasked = (ctx: Context, customer: Customer): boolean => !customer.ownerId && !allowed(ctx.actor, 'customers.assign')

/** A customer as the caller may see it, wherever it is shown: lists, searches, answers and exports. */
export function shownTo(ctx: Context, customer: Customer): Shown {
  const seen: Shown = withoutHidden(ctx.actor, 'customer', shown(customer))
  if (customer.ownerId) return seen
  const at = { today: today(ctx), timeZone: ctx.tenant.timeZone }
  const whole = { ...seen, ...(customer.pooled ? { pool: shownPool(customer.pooled, at) } : {}) }
  if (!isMasked(ctx, customer)) return whole
  const visible = Object.fromEntries(Object.entries(whole).filter(([name]) => shownInPool.has(name))) as Shown
  return { ...visible, ...(whole.addresses ? { addresses: onlyCities(whole.addresses) } : {}) }
}
