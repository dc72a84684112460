import type { RecordKind } from '../kernel/record-kind.ts'
import { changeReceipt, getReceipt } from './receipt/change-receipt.ts'
import { createReceipt } from './receipt/create-receipt.ts'
import { ChangeReceipt, CreateReceipt, type Receipt } from './receipt/receipt.ts'
import { changeReceivable, createReceivable, getReceivable } from './receivable/change-receivable.ts'
import { ChangeReceivable, CreateReceivable, type Receivable } from './receivable/receivable.ts'

export const receivableKind: RecordKind<Receivable> = {
  name: 'receivables',
  noun: 'receivable',
  Create: CreateReceivable,
  Change: ChangeReceivable,
  permissions: { read: 'receivables.read', write: 'receivables.write' },
  get: getReceivable,
  create: createReceivable,
  change: changeReceivable,
}

export const receiptKind: RecordKind<Receipt> = {
  name: 'receipts',
  noun: 'receipt',
  Create: CreateReceipt,
  Change: ChangeReceipt,
  permissions: { read: 'receipts.read', write: 'receipts.write' },
  get: getReceipt,
  create: createReceipt,
  change: changeReceipt,
}
