import type { PoolRules } from '../../identity/index.ts'
import { Problem } from '../../kernel/errors.ts'
import type { Customer } from '../customer/customer.ts'
import type { FormerOwner, Pooled } from '../customer/ownership-state.ts'

const hour = 60 * 60 * 1000
const day = 24 * hour

/** A release may be taken back this long. */
const undoWithin = 24 * hour

/** Nobody cools longer than a year (PoolRules), so nobody is remembered longer; twenty owners a year is no customer any more. */
const rememberedFor = 366 * day
const mostRemembered = 20

function remembered({ ownerId, formerOwners = [] }: Customer, at: string): FormerOwner[] {
  if (!ownerId) return formerOwners
  const oldest = new Date(Date.parse(at) - rememberedFor).toISOString()
  const others = formerOwners.filter((former) => former.userId !== ownerId && former.until > oldest)
  return [...others, { userId: ownerId, until: at }].slice(-mostRemembered)
}

/** The customer without what belonged to its present place: an owner's term or its stay in the pool. */
function uprooted(customer: Customer): Customer {
  const { ownerId: _owner, ownedSince: _since, pooled: _pooled, fromPool: _from, reclaimWarning: _warning, ...rest } = customer
  return rest
}

const withFormer = (formerOwners: FormerOwner[]) => (formerOwners.length > 0 ? { formerOwners } : {})

interface IntoPool extends Pick<Pooled, 'how' | 'by' | 'reason'> {
  at: string
  /** The pool it goes to; null = the pool of everybody. */
  poolId: string | null
}

/** A new customer that nobody owns. */
export const createdInPool = (customer: Customer, by: string): Customer => ({
  ...customer,
  pooled: { since: customer.createdAt, how: 'created', by },
})

/** The customer in the pool: it belongs to nobody, its team sees it no more, and its former owner has to cool. */
export function inPool(customer: Customer, { at, how, by, reason, poolId }: IntoPool): Customer {
  const { poolId: _home, ...rest } = uprooted(customer)
  const { ownerId: from, ownedSince } = customer
  return {
    ...rest,
    ...withFormer(remembered(customer, at)),
    ...(poolId ? { poolId } : {}),
    pooled: { since: at, how, by, ...(from ? { from } : {}), ...(reason ? { reason } : {}), ...(ownedSince ? { ownedSince } : {}) },
  }
}

/** The customer with another owner, whose term begins. Out of the pool it starts without the team it once had. */
export function ownedBy(customer: Customer, ownerId: string, at: string): Customer {
  const { teamMembers, ...rest } = uprooted(customer)
  const former = withFormer(remembered(customer, at))
  const team = teamMembers && customer.ownerId ? { teamMembers } : {}
  return { ...rest, ...former, ...team, ownerId, ownedSince: at, ...(customer.ownerId ? {} : { fromPool: true as const }) }
}

/** The customer back with the one who released it, as if it had never been away: same term, same team. */
export function returned(customer: Customer): Customer {
  const { formerOwners = [], ...rest } = uprooted(customer)
  const { from, ownedSince, since } = customer.pooled!
  const others = formerOwners.filter((former) => former.userId !== from || former.until !== since)
  return { ...rest, ...withFormer(others), ownerId: from!, ownedSince: ownedSince ?? since, fromPool: true }
}

/** True when the user takes back what they released themselves, within 24 hours. */
export function takesBack({ pooled }: Customer, userId: string, now: string): boolean {
  const own = pooled?.how === 'released' && pooled.by === userId && pooled.from === userId
  return own && Date.parse(now) - Date.parse(pooled.since) <= undoWithin
}

/** From when on a former owner may claim the customer again; undefined when at once. */
export function cooledAt({ formerOwners = [] }: Customer, userId: string, rules: PoolRules, now: string): string | undefined {
  const until = formerOwners.find((former) => former.userId === userId)?.until
  if (!until || !rules.coolingDays) return undefined
  const from = new Date(Date.parse(until) + rules.coolingDays * day).toISOString()
  return from > now ? from : undefined
}

/** 409 `customer.locked` with the reason for which it was locked. */
export function requireUnlocked(customer: Customer): void {
  if (!customer.lock) return
  throw new Problem(
    'conflict',
    'customer.locked',
    `This customer is locked where it is: ${customer.lock.reason}. Ask a manager to unlock or assign it.`,
  )
}
