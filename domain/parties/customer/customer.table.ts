import { partitionOf } from '../../kernel/ids.ts'
import { defineEntity } from '../../store/entity.ts'
import { externalIdGuard } from '../../store/external-id.ts'
import type { Customer } from './customer.ts'

/** Where a customer and all its own things live; found from the id of any of them. */
export const customerPartition = (id: string) => ['CUS', partitionOf(id)]

/** Partition of the list of one owner; team members have a pointer in theirs. */
export const customersOf = (userId: string) => ['CUS-OWNER', userId]

/** Partition of the list of those without an owner (公海). */
export const publicPool = ['CUS-POOL']

export const customers = defineEntity<Customer>({
  type: 'customer',
  prefix: 'cus',
  schemaVersion: 1,
  key: (id) => ({ pk: customerPartition(id), sk: ['CUS'] }),
  gsi1: (customer) => ({ pk: ['CUS-ALL'], sk: [customer.id] }),
  gsi2: (customer) => ({ pk: customer.ownerId ? customersOf(customer.ownerId) : publicPool, sk: [customer.id] }),
  guards: (customer) => externalIdGuard('customer', customer.externalId),
  pointers: (customer) =>
    (customer.teamMembers ?? [])
      .filter((member) => member.userId !== customer.ownerId)
      .map((member) => ({
        key: { pk: customerPartition(customer.id), sk: ['MEM', member.userId] },
        gsi2: { pk: customersOf(member.userId), sk: [customer.id] },
      })),
})
