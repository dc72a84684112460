import { changeCustomer, createCustomer, deleteCustomer, getCustomer } from '../../../domain/parties/customer/change-customer.ts'
import { ChangeCustomer, CreateCustomer, Customer } from '../../../domain/parties/customer/customer.ts'
import { customerList, listCustomers } from '../../../domain/parties/customer/list-customers.ts'
import { shownTo } from '../../../domain/parties/customer/shown-to.ts'
import { CheckDuplicates, checkDuplicates, DuplicateCandidates } from '../../../domain/parties/duplicate/check-duplicates.ts'
import { customerKind } from '../../../domain/parties/record-kinds.ts'
import { bulkRoutes } from '../bulk.ts'
import { route } from '../route.ts'
import { customerExample } from './examples.ts'

/** As the caller may see it; of one in the public pool, what the pool shows. */
export const presentCustomer = shownTo

const present = presentCustomer

export const customerRoutes = [
  route({
    method: 'GET',
    path: '/v1/customers',
    summary: 'List customers',
    description: 'The customers that the caller may see, newest first.',
    permission: 'customers.read',
    list: customerList,
    response: Customer,
    present,
    run: listCustomers,
  }),
  route({
    method: 'POST',
    path: '/v1/customers',
    summary: 'Create a customer',
    description:
      'Whoever creates without naming an owner owns it; an explicit null puts it into the public pool. 409 customer.duplicate or customer.duplicate-suspected, with candidates and override {token, expiresAt}, when it seems to be there already: send the same body with duplicateOverride {token, reason} if it is another one.',
    permission: 'customers.write',
    body: CreateCustomer,
    response: Customer,
    creates: true,
    example: { body: customerExample },
    present,
    run: createCustomer,
  }),
  route({
    method: 'POST',
    path: '/v1/customers/check-duplicates',
    summary: 'Check for duplicates',
    description:
      'Who may be the same as the customer described, by names, telephones, e-mail, tax number and city; best first, at most five. The body of a create will do. Of customers out of your sight only the name is shown, and whose they are. A create or change is refused with the same candidates at the levels same and likely.',
    permission: 'customers.write',
    readOnly: true,
    body: CheckDuplicates,
    response: DuplicateCandidates,
    example: { body: { name: '明辉贸易', phones: ['021-6543 2100'] } },
    run: checkDuplicates,
  }),
  route({
    method: 'GET',
    path: '/v1/customers/{id}',
    summary: 'Get a customer',
    permission: 'customers.read',
    response: Customer,
    present,
    run: getCustomer,
  }),
  route({
    method: 'PATCH',
    path: '/v1/customers/{id}',
    summary: 'Change a customer',
    description: 'JSON Merge Patch. Setting nextContactOn plans or moves the earliest open follow-up; null cancels what is open.',
    permission: 'customers.write',
    body: ChangeCustomer,
    response: Customer,
    example: { body: { level: 'key-major', nextContactOn: '2026-11-27' } },
    present,
    run: changeCustomer,
  }),
  route({
    method: 'DELETE',
    path: '/v1/customers/{id}',
    summary: 'Delete a customer',
    permission: 'customers.delete',
    run: deleteCustomer,
  }),
  ...bulkRoutes({ kind: customerKind, response: Customer, present, example: customerExample }),
]
