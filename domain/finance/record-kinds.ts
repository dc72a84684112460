import type { RecordKind } from '../kernel/record-kind.ts'
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
