import { changeReceivable, createReceivable, getReceivable } from '../../../domain/finance/receivable/change-receivable.ts'
import { customerReceivableList, listReceivables, receivableList } from '../../../domain/finance/receivable/list-receivables.ts'
import {
  ChangeReceivable,
  CreateReceivable,
  Receivable,
  type Receivable as ReceivableRecord,
  shownReceivable,
} from '../../../domain/finance/receivable/receivable.ts'
import { receivableKind } from '../../../domain/finance/record-kinds.ts'
import type { Context } from '../../../domain/kernel/context.ts'
import { today } from '../../../domain/kernel/dates.ts'
import { bulkRoutes } from '../bulk.ts'
import { ofCustomer } from '../parties/of-customer.ts'
import { presented } from '../route.ts'
import { receivableExample } from './examples.ts'

/** As callers see it today. */
const present = (ctx: Context, receivable: ReceivableRecord) => shownReceivable(receivable, today(ctx))

export const receivableRoutes = [
  presented({
    method: 'GET',
    path: '/v1/receivables',
    summary: 'List receivables',
    description:
      'By due date. status is open (whatever is outstanding), overdue or settled; ownerId is the owner of the customer. Those of one customer, of an order, by number or externalId come by a filter of their own.',
    permission: 'receivables.read',
    list: receivableList,
    response: Receivable,
    present,
    run: listReceivables,
  }),
  presented({
    method: 'GET',
    path: '/v1/customers/{id}/receivables',
    summary: 'List the receivables of a customer',
    permission: 'receivables.read',
    list: customerReceivableList,
    response: Receivable,
    present,
    run: (ctx, input) => listReceivables(ctx, ofCustomer(input)),
  }),
  presented({
    method: 'POST',
    path: '/v1/receivables',
    summary: 'Create a receivable',
    description:
      'By hand: an opening balance (期初) or an invoice from elsewhere, also of a past date. Shipments and instalments open theirs by themselves.',
    permission: 'receivables.write',
    body: CreateReceivable,
    response: Receivable,
    creates: true,
    example: { body: receivableExample },
    present,
    run: createReceivable,
  }),
  presented({
    method: 'GET',
    path: '/v1/receivables/{id}',
    summary: 'Get a receivable',
    permission: 'receivables.read',
    response: Receivable,
    present,
    run: getReceivable,
  }),
  presented({
    method: 'PATCH',
    path: '/v1/receivables/{id}',
    summary: 'Change a receivable',
    description:
      'JSON Merge Patch of what is said about it: a dispute, a promise, notes. What is posted stays; a credit note, write-off or receipt settles it.',
    permission: 'receivables.chase',
    body: ChangeReceivable,
    response: Receivable,
    example: { body: { promise: { on: '2026-12-05' }, notes: '王小姐说下周付' } },
    present,
    run: changeReceivable,
  }),
  ...bulkRoutes({ kind: receivableKind, response: Receivable, present, example: receivableExample }),
]
