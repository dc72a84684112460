import { partitionOf } from '../../kernel/ids.ts'
import type { Customer, OpenFollowUp } from '../customer/customer.ts'
import type { MergeError } from './merge.ts'
import { same } from './same.ts'

interface States {
  survivor: Customer
  duplicate: Customer
  merged: Customer
}

export interface Separated {
  survivor: Customer
  duplicate: Customer
  errors: MergeError[]
}

type Field = keyof Customer
type Loose = Partial<Record<Field, unknown>>

const filled = (customer: Loose): Customer =>
  Object.fromEntries(
    Object.entries(customer).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0)),
  ) as Customer

const ownership = ['ownerId', 'ownedSince', 'pooled', 'fromPool', 'poolId'] as const satisfies Field[]

/** A customer in the place of another one: with its owner and term, or in its pool. */
export function inPlaceOf(customer: Customer, other: Customer): Customer {
  const place = Object.fromEntries(ownership.map((field) => [field, other[field]]))
  return filled({ ...customer, ...place })
}

/** Fields that go together: one term of ownership, one level with where it comes from. */
const together: Field[][] = [[...ownership], ['level', 'levelSource']]
const lists: Field[] = ['phones', 'tags', 'aliases', 'addresses', 'teamMembers', 'formerOwners']
/** Made anew from what belongs to whom. */
const computed: Field[] = [
  ...(['version', 'updatedAt', 'absorbed', 'merging', 'openFollowUps', 'lastContactAt', 'primaryContactId'] as const),
  ...(['lastQuotedOn', 'lastOrderedOn', 'orderDays', 'reorderOn', 'dormancy'] as const),
  ...(['foundBy', 'foundAs', 'sharesName'] as const),
]

const without = (all: unknown[], some: unknown[]) => all.filter((value) => !some.some((other) => same(value, other)))

const changedSince = (field: string): MergeError => ({
  code: 'merge.changed-since',
  on: field,
  message: 'This was changed after the merge and stays as it is.',
})

/** Values of the survivor as before the merge, except those that were changed since. */
function restoredValues({ survivor, merged }: States, now: Customer) {
  const errors: MergeError[] = []
  const after: Loose = { ...now }
  const grouped = new Set([...together.flat(), ...lists, ...computed])
  const single = [...new Set([...Object.keys(survivor), ...Object.keys(merged)] as Field[])].filter((field) => !grouped.has(field))
  for (const fields of [...together, ...single.map((field) => [field])]) {
    if (fields.every((field) => same(survivor[field], merged[field]))) continue
    if (!fields.every((field) => same(now[field], merged[field]))) errors.push(changedSince(fields[0]!))
    else for (const field of fields) after[field] = survivor[field]
  }
  return { after, errors }
}

/** The list without what the merge brought, with what it took, and with all that was added since. */
function restoredList(field: Field, { survivor, merged }: States, now: Customer): unknown[] {
  const [before, then, current] = [survivor, merged, now].map((customer) => (customer[field] ?? []) as unknown[]) as [
    unknown[],
    unknown[],
    unknown[],
  ]
  const kept = without(current, without(then, before))
  return [...kept, ...without(without(before, then), kept)]
}

/** What is planned with the duplicate, in the hands of those it was planned for unless it was handed on since. */
function givenBack(open: OpenFollowUp[], { duplicate, merged }: States): OpenFollowUp[] {
  return open.map((one) => {
    const former = duplicate.openFollowUps?.find(({ id }) => id === one.id)
    const handed = merged.openFollowUps?.find(({ id }) => id === one.id)
    return former && handed?.ownerId === one.ownerId ? { ...one, ownerId: former.ownerId } : one
  })
}

/**
 * Both customers when a merge is undone: as they were before, except what was changed since; what lies in the duplicate's
 * partitions is the duplicate's. The times of the latest contact are read by the caller. Pure.
 */
export function separated(states: States, now: Customer): Separated {
  const { duplicate } = states
  const theirs = [duplicate.id, ...(duplicate.absorbed ?? [])]
  const partitions = new Set(theirs.map(partitionOf))
  const isTheirs = (id: string | undefined) => id !== undefined && partitions.has(partitionOf(id))
  const { after, errors } = restoredValues(states, now)
  for (const field of lists) after[field] = restoredList(field, states, now)
  // Of what was added since nobody knows here whose it is: a consumer works it out from the documents.
  const { lastQuotedOn, lastOrderedOn, orderDays, reorderOn } = states.survivor
  Object.assign(after, { lastQuotedOn, lastOrderedOn, orderDays, reorderOn })
  const open = now.openFollowUps ?? []
  const primary = now.primaryContactId
  const survivor = filled({
    ...after,
    absorbed: (now.absorbed ?? []).filter((id) => !theirs.includes(id)),
    openFollowUps: open.filter(({ id }) => !isTheirs(id)),
    primaryContactId: isTheirs(primary) ? undefined : primary,
  })
  // Who opted out of the merged customer has opted out of both.
  const optedOut = now.marketing?.optedOut && !states.merged.marketing?.optedOut
  const restored = filled({
    ...duplicate,
    dormancy: now.dormancy,
    ...(optedOut ? { marketing: { ...duplicate.marketing, optedOut } } : {}),
    openFollowUps: givenBack(
      open.filter(({ id }) => isTheirs(id)),
      states,
    ),
    primaryContactId: isTheirs(primary) ? primary : duplicate.primaryContactId,
  })
  return { survivor, duplicate: restored, errors }
}
