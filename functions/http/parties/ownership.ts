import { Customer } from '../../../domain/parties/customer/customer.ts'
import { Assignment, LockChange, Release } from '../../../domain/parties/ownership/actions.ts'
import { assignCustomer } from '../../../domain/parties/ownership/assign-customer.ts'
import { claimCustomer } from '../../../domain/parties/ownership/claim-customer.ts'
import { lockCustomer } from '../../../domain/parties/ownership/lock-customer.ts'
import { releaseCustomer } from '../../../domain/parties/ownership/release-customer.ts'
import { requireShipped } from '../../../domain/sales/order/require-shipped.ts'
import { route } from '../route.ts'
import { presentCustomer as present } from './customers.ts'

export const ownershipRoutes = [
  route({
    method: 'POST',
    path: '/v1/customers/{id}/claim',
    summary: 'Claim a customer of the public pool',
    description:
      'Within the quota of the day, the cap on what a user owns, and the days in which a former owner cools. Who released an own customer takes it back so within 24 hours, without quota and cooling.',
    permission: 'customers.claim',
    response: Customer,
    present,
    run: claimCustomer,
  }),
  route({
    method: 'POST',
    path: '/v1/customers/{id}/release',
    summary: 'Release a customer to the public pool',
    description:
      'By its owner, or a manager above. Its contact data is hidden in the pool until somebody claims it. Refused while an order of it is still to be shipped.',
    permission: 'customers.claim',
    body: Release,
    response: Customer,
    example: { body: { reason: '半年没有需求' } },
    present,
    run: (ctx, input) => releaseCustomer(ctx, input, requireShipped),
  }),
  route({
    method: 'POST',
    path: '/v1/customers/{id}/assign',
    summary: 'Assign a customer to a user',
    description: 'Whether somebody owns it or it lies in the public pool. Quota, cooling and lock do not hold, the cap does.',
    permission: 'customers.assign',
    body: Assignment,
    response: Customer,
    example: { body: { ownerId: 'usr_01JD8ZQ4T5M6N7P8Q9R0S1T2V3', reason: '区域调整' } },
    present,
    run: assignCustomer,
  }),
  route({
    method: 'POST',
    path: '/v1/customers/{id}/lock',
    summary: 'Lock a customer where it is, or unlock it',
    description: 'A locked customer is not claimed, released or reclaimed; it can be assigned and handed over.',
    permission: 'customers.assign',
    body: LockChange,
    response: Customer,
    example: { body: { locked: true, reason: '大客户谈判中' } },
    present,
    run: lockCustomer,
  }),
]
