import type { RecordKind } from '../../kernel/record-kind.ts'
import { changeSuppression, createSuppression, deleteSuppression, getSuppression } from './change-suppression.ts'
import { ChangeSuppression, CreateSuppression, type Suppression } from './suppression.ts'

/** Suppressions, for batch, upsert, import and export. */
export const suppressionKind: RecordKind<Suppression> = {
  name: 'suppressions',
  noun: 'suppression',
  Create: CreateSuppression,
  Change: ChangeSuppression,
  permissions: { read: 'suppressions.read', write: 'suppressions.write', remove: 'suppressions.write' },
  get: getSuppression,
  create: createSuppression,
  change: changeSuppression,
  remove: deleteSuppression,
}
