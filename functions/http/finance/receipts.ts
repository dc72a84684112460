import {
  changeReceipt,
  dishonourReceipt,
  getReceipt,
  identifyReceipt,
  refundReceipt,
  reverseReceipt,
} from '../../../domain/finance/receipt/change-receipt.ts'
import { createReceipt } from '../../../domain/finance/receipt/create-receipt.ts'
import { customerReceiptList, listReceipts, receiptList } from '../../../domain/finance/receipt/list-receipts.ts'
import {
  ChangeReceipt,
  CreateReceipt,
  Receipt,
  type Receipt as ReceiptRecord,
  shownReceipt,
} from '../../../domain/finance/receipt/receipt.ts'
import { receiptSource } from '../../../domain/finance/receipt/receipt-kind.ts'
import { receiptKind } from '../../../domain/finance/record-kinds.ts'
import { allocateSource, unallocateSource } from '../../../domain/finance/settlement/source-kind.ts'
import type { Context } from '../../../domain/kernel/context.ts'
import { CustomerId } from '../../../domain/parties/index.ts'
import { bulkRoutes } from '../bulk.ts'
import { ofCustomer } from '../parties/of-customer.ts'
import { presented, type Route } from '../route.ts'
import { Allocating, Refunding, Reversing, Unallocating } from './actions.ts'
import { receiptExample } from './examples.ts'

const present = (_ctx: Context, receipt: ReceiptRecord) => shownReceipt(receipt)
const read = { permission: 'receipts.read' as const, response: Receipt, present }
const write = { permission: 'receipts.write' as const, response: Receipt, present }

const actions: Route[] = [
  presented({
    ...write,
    method: 'POST',
    path: '/v1/receipts/{id}/identify',
    summary: 'Say who paid',
    description: 'From then on it stands in the books of that customer, since the day it was received.',
    body: Allocating.extend({ customerId: CustomerId }).meta({ id: 'Identifying' }),
    example: { body: { customerId: receiptExample.customerId } },
    run: identifyReceipt,
  }),
  presented({
    ...write,
    method: 'POST',
    path: '/v1/receipts/{id}/allocate',
    summary: 'Allocate a receipt',
    description: 'Settles receivables of the customer with what is left of it, never more than is owed.',
    body: Allocating,
    example: { body: { allocate: 'oldest-first' } },
    run: (ctx, input) => allocateSource(ctx, receiptSource, input),
  }),
  presented({
    ...write,
    method: 'POST',
    path: '/v1/receipts/{id}/unallocate',
    summary: 'Take allocations of a receipt back',
    body: Unallocating,
    example: { body: {} },
    run: (ctx, input) => unallocateSource(ctx, receiptSource, input),
  }),
  presented({
    ...write,
    method: 'POST',
    path: '/v1/receipts/{id}/reverse',
    summary: 'Reverse a receipt',
    description: 'Takes it out of the books on a day: what it settled is owed again. The receipt and its postings stay.',
    body: Reversing,
    example: { body: { reason: '录入错误' } },
    run: reverseReceipt,
  }),
  presented({
    ...write,
    method: 'POST',
    path: '/v1/receipts/{id}/dishonour',
    summary: 'Say that an acceptance bill was not paid',
    description: 'What it settled is owed again, with the old due dates.',
    body: Reversing,
    example: { body: { reason: '到期拒付' } },
    run: dishonourReceipt,
  }),
  presented({
    ...write,
    method: 'POST',
    path: '/v1/receipts/{id}/refund',
    summary: 'Pay unallocated money back',
    body: Refunding,
    example: { body: { reason: '客户要求退回预付款' } },
    run: refundReceipt,
  }),
]

export const receiptRoutes: Route[] = [
  presented({
    ...read,
    method: 'GET',
    path: '/v1/receipts',
    summary: 'List receipts',
    description:
      'By the day they were received, the latest first; ownerId is the owner of the customer, status waiting is money of which nobody knows who paid it.',
    list: receiptList,
    run: listReceipts,
  }),
  presented({
    ...read,
    method: 'GET',
    path: '/v1/customers/{id}/receipts',
    summary: 'List the receipts of a customer',
    list: customerReceiptList,
    run: (ctx, input) => listReceipts(ctx, ofCustomer(input)),
  }),
  presented({
    ...write,
    method: 'POST',
    path: '/v1/receipts',
    summary: 'Record a receipt',
    description:
      'Money that came in, also on a past day, settling receivables of one customer and currency at once: named ones, or those due first. Without a customer it waits until somebody says who paid.',
    body: CreateReceipt,
    creates: true,
    example: { body: receiptExample },
    run: createReceipt,
  }),
  presented({ ...read, method: 'GET', path: '/v1/receipts/{id}', summary: 'Get a receipt', run: getReceipt }),
  presented({
    ...write,
    method: 'PATCH',
    path: '/v1/receipts/{id}',
    summary: 'Change a receipt',
    description: 'JSON Merge Patch of what is said about it. Its figures never change: reverse it and record it anew.',
    body: ChangeReceipt,
    example: { body: { reference: '转账 20261008-0043' } },
    run: changeReceipt,
  }),
  ...actions,
  ...bulkRoutes({ kind: receiptKind, response: Receipt, present, example: receiptExample }),
]
