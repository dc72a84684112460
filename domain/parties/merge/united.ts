import { type Customer, inDueOrder, type OpenFollowUp } from '../customer/customer.ts'
import { latestDeals } from '../customer/note-deals.ts'
import type { FormerOwner } from '../customer/ownership-state.ts'
import { type Choices, type Choosable, choosable, type Side } from './merge.ts'
import { same, textOf } from './same.ts'

interface Conflict {
  field: Choosable
  survivor: unknown
  duplicate: unknown
  stands: Side
}

interface LeftOut {
  field: string
  values: unknown[]
}

export interface United {
  customer: Customer
  conflicts: Conflict[]
  leftOut: LeftOut[]
}

/** How many a list of a customer holds (customer.ts). */
const most = { aliases: 20, phones: 20, addresses: 20, teamMembers: 20, tags: 50, formerOwners: 20 } as const
type ListField = Exclude<keyof typeof most, 'formerOwners'>

const latest = (a: string | undefined, b: string | undefined) => (a === undefined ? b : b === undefined || a > b ? a : b)

/** Of each kind of value one; `taken` are the fields in which the duplicate's value stands. */
function valuesOf(survivor: Customer, duplicate: Customer, choices: Choices) {
  const conflicts: Conflict[] = []
  const taken: Choosable[] = []
  for (const field of choosable) {
    const [own, other] = [survivor[field], duplicate[field]]
    if (other === undefined || same(own, other)) continue
    // Who lies in the pool goes to the owner of the other one; in the pool there is no owner to choose.
    if (own === undefined) taken.push(field)
    else {
      const stands = choices[field] ?? 'survivor'
      conflicts.push({ field, survivor: own, duplicate: other, stands })
      if (stands === 'duplicate') taken.push(field)
    }
  }
  return { conflicts, taken }
}

/** The terms of ownership of the one whose owner stands. */
function ownershipOf(survivor: Customer, duplicate: Customer): Partial<Customer> {
  const { ownerId, ownedSince, fromPool, teamMembers } = duplicate
  return {
    ownerId,
    ...(ownedSince ? { ownedSince } : {}),
    ...(fromPool ? { fromPool } : {}),
    // Out of the pool it starts without the team it once had.
    teamMembers: survivor.ownerId ? survivor.teamMembers : teamMembers,
  } as Partial<Customer>
}

/** The names by which either is known, apart from those the survivor bears. */
function aliasesOf(result: Customer, survivor: Customer, duplicate: Customer): string[] {
  const own = survivor.aliases ?? []
  const names = [survivor.name, duplicate.name, survivor.shortName, duplicate.shortName, ...(duplicate.aliases ?? [])]
  const borne = new Set([result.name, result.shortName])
  return [...own, ...names].filter((name): name is string => name !== undefined && !borne.has(name))
}

/** Who of the two owners loses the customer by the merge. */
const losing = (at: string, ownerId: string | undefined, ...owners: (string | undefined)[]): FormerOwner[] =>
  owners.flatMap((userId) => (userId && userId !== ownerId ? [{ userId, until: at }] : []))

/** One former owner each, with the later day: nobody escapes cooling by a merge. */
function formerOwners(...lists: (FormerOwner[] | undefined)[]): FormerOwner[] {
  const byUser = new Map<string, FormerOwner>()
  for (const former of lists.flatMap((list) => list ?? [])) {
    const until = latest(byUser.get(former.userId)?.until, former.until)!
    byUser.set(former.userId, { ...former, until })
  }
  return [...byUser.values()].sort((a, b) => (a.until < b.until ? -1 : 1)).slice(-most.formerOwners)
}

/** Consent is gained where none was; who opted out of either has opted out. */
function marketingOf({ marketing: own }: Customer, { marketing: other }: Customer): Customer['marketing'] {
  if (!own || !other) return own ?? other
  const consent = own.consent ?? other.consent
  return { ...own, ...(own.optedOut || other.optedOut ? { optedOut: true } : {}), ...(consent ? { consent } : {}) }
}

/** Both lists, each value once, the survivor's first, as many as there is room for. */
function listsOf(result: Customer, survivor: Customer, duplicate: Customer) {
  const leftOut: LeftOut[] = []
  const keyOf = (field: ListField, value: unknown) => (field === 'teamMembers' ? (value as { userId: string }).userId : textOf(value)!)
  const unite = (field: ListField, ...values: unknown[][]) => {
    const seen = new Set<string>()
    const all = values.flat().filter((value) => !seen.has(keyOf(field, value)) && seen.add(keyOf(field, value)))
    if (all.length > most[field]) leftOut.push({ field, values: all.slice(most[field]) })
    return all.length > 0 ? { [field]: all.slice(0, most[field]) } : {}
  }
  const team = [result.teamMembers ?? [], result.ownerId && duplicate.ownerId ? (duplicate.teamMembers ?? []) : []]
  const lists = {
    ...unite('aliases', aliasesOf(result, survivor, duplicate)),
    ...unite('phones', survivor.phones ?? [], duplicate.phones ?? []),
    ...unite('tags', survivor.tags ?? [], duplicate.tags ?? []),
    ...unite('addresses', survivor.addresses ?? [], duplicate.addresses ?? []),
    ...unite('teamMembers', ...team.map((list) => list.filter(({ userId }) => userId !== result.ownerId))),
  } as Partial<Customer>
  return { lists, leftOut }
}

/** All that is planned with either. What was planned for somebody who does not see the survivor goes to its owner. */
function openOf(survivor: Customer, duplicate: Customer, ownerId: string | undefined, sees: (userId: string) => boolean): OpenFollowUp[] {
  const moved = (duplicate.openFollowUps ?? []).map((open) => (ownerId && !sees(open.ownerId) ? { ...open, ownerId } : open))
  return inDueOrder([...(survivor.openFollowUps ?? []), ...moved])
}

/**
 * The survivor after a merge (domain: Merge): it keeps its values and gains what it lacked; of two values its own stands, or
 * the one chosen. Pure. `sees` says of a user whether they would see the survivor.
 */
export function united(
  survivor: Customer,
  duplicate: Customer,
  { choices, at, sees }: { choices: Choices; at: string; sees(userId: string): boolean },
): United {
  const { conflicts, taken } = valuesOf(survivor, duplicate, choices)
  const { absorbed = [], ...base } = survivor
  const values: Customer = { ...base }
  for (const field of taken) Object.assign(values, { [field]: duplicate[field] })
  if (taken.includes('level') && duplicate.levelSource) values.levelSource = duplicate.levelSource
  if (taken.includes('ownerId')) {
    delete values.pooled
    delete values.reclaimWarning
    delete values.fromPool
    Object.assign(values, ownershipOf(survivor, duplicate))
  }
  const { lists, leftOut } = listsOf(values, survivor, duplicate)
  for (const field of ['aliases', 'teamMembers'] as const) delete values[field]
  const rest: { [K in keyof Customer]?: Customer[K] | undefined } = {
    lastContactAt: latest(survivor.lastContactAt, duplicate.lastContactAt),
    lastQualifyingContactAt: latest(survivor.lastQualifyingContactAt, duplicate.lastQualifyingContactAt),
    ...latestDeals(survivor, duplicate),
    primaryContactId: survivor.primaryContactId ?? duplicate.primaryContactId,
    lock: survivor.lock ?? duplicate.lock,
    marketing: marketingOf(survivor, duplicate),
    absorbed: [...absorbed, duplicate.id, ...(duplicate.absorbed ?? [])],
  }
  const lost = losing(at, values.ownerId, survivor.ownerId, duplicate.ownerId)
  const former = formerOwners(survivor.formerOwners, duplicate.formerOwners, lost)
  const open = openOf(survivor, duplicate, values.ownerId, sees)
  const extra = { ...(former.length > 0 ? { formerOwners: former } : {}), ...(open.length > 0 ? { openFollowUps: open } : {}) }
  const customer = { ...values, ...lists, ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)), ...extra }
  return { customer: customer as Customer, conflicts, leftOut }
}
