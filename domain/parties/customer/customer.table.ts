import { partitionOf } from '../../kernel/ids.ts'
import { defineEntity } from '../../store/entity.ts'
import type { DueEntry, ItemKey } from '../../store/entity-definition.ts'
import { externalIdGuard } from '../../store/external-id.ts'
import { partyEntries, partyGuards } from '../duplicate/party-places.ts'
import { reclaimPartition, ruleLevelOf, termOf, termWeek, watchedFacts } from '../ownership/reclaim-rules.ts'
import { customersInPool } from '../pool/pool.table.ts'
import type { Customer } from './customer.ts'
import { customerCards } from './customer-card.ts'
import { quietEntries } from './quiet.ts'

/** Where a customer and all its own things live; found from the id of any of them. */
export const customerPartition = (id: string) => ['CUS', partitionOf(id)]

/** Where the books say what a customer owes: it is there once anything was posted or ordered, and stays. */
export const creditKey = (id: string): ItemKey => ({ pk: customerPartition(id), sk: ['CRD'] })

/** Partition of the list of all. */
export const allCustomers = ['CUS-ALL']

/** Partition of the list of one owner; team members have a pointer in theirs. */
export const customersOf = (userId: string) => ['CUS-OWNER', userId]

/** Partition of the list of those without an owner (公海), by pool; without a name the pool of everybody. */
export const publicPool = (poolId?: string) => ['CUS-POOL', poolId ?? 'everybody']

/** How many customers a user owns: what the cap of the pool rules is held against. */
export const customersOwnedBy = (userId: string) => ({ name: 'owned', of: userId })

/** Kinds of reference from one customer to another. */
const customerReferences = ['parentCustomerId', 'referredById'] as const
export type CustomerReference = (typeof customerReferences)[number]

/** Sort keys of what points back from the partition of a customer to those that refer to it. */
export const referrersPrefix = ['REF']

/** Who refers to a customer stands in that one's partition, so that a merge finds it. */
const referenceMarks = (customer: Customer) =>
  customerReferences.flatMap((field) => {
    const target = customer[field]
    return target ? [{ key: { pk: customerPartition(target), sk: [...referrersPrefix, customer.id, field] } }] : []
  })
/** What the owner's digest is told of a reclaim. */
export interface ReclaimDue {
  customerId: string
  reclaimOn: string
}

/** The warning holds while nothing happened since it was given. */
export const warningOf = (customer: Customer) =>
  customer.reclaimWarning &&
  customer.ownerId &&
  !customer.lock &&
  customer.reclaimWarning.term === termOf(customer, customer.reclaimWarning.fact)
    ? customer.reclaimWarning
    : undefined

/** An entry by its term for each rule of the job that reclaims, and one for the owner once it is warned. Who has no rules pays for neither. */
function reclaimEntries(customer: Customer): DueEntry[] {
  const { id, ownerId, lock } = customer
  if (!ownerId || lock) return []
  const entries = watchedFacts(customer).map((fact) => {
    return { owner: reclaimPartition(ruleLevelOf(customer), fact), on: termWeek(customer, fact), kind: 'reclaim', id, data: {} }
  })
  const warning = warningOf(customer)
  if (!warning) return entries
  return [
    ...entries,
    { owner: ownerId, on: warning.since, kind: 'reclaim', id, data: { customerId: id, reclaimOn: warning.on } satisfies ReclaimDue },
  ]
}

export const customers = defineEntity<Customer>({
  type: 'customer',
  prefix: 'cus',
  schemaVersion: 1,
  key: (id) => ({ pk: customerPartition(id), sk: ['CUS'] }),
  gsi1: (customer) => ({ pk: allCustomers, sk: [customer.id] }),
  gsi2: (customer) => ({ pk: customer.ownerId ? customersOf(customer.ownerId) : publicPool(customer.poolId), sk: [customer.id] }),
  guards: (customer) => [...externalIdGuard('customer', customer.externalId), ...partyGuards(customer)],
  entries: partyEntries,
  due: (customer) => [...reclaimEntries(customer), ...quietEntries(customer)],
  counts: ({ ownerId, poolId }) => (ownerId ? [customersOwnedBy(ownerId)] : poolId ? [customersInPool(poolId)] : []),
  cards: customerCards,
  // A team works on what somebody owns: in the pool a customer belongs to nobody, whoever was on its team before.
  pointers: (customer) => [
    ...(customer.ownerId ? (customer.teamMembers ?? []) : [])
      .filter((member) => member.userId !== customer.ownerId)
      .map((member) => ({
        key: { pk: customerPartition(customer.id), sk: ['MEM', member.userId] },
        gsi2: { pk: customersOf(member.userId), sk: [customer.id] },
      })),
    ...referenceMarks(customer),
  ],
})
