import { customerPartition } from '../../parties/index.ts'
import { numberGuard } from '../../platform/index.ts'
import { defineEntity } from '../../store/entity.ts'
import { externalIdGuard } from '../../store/external-id.ts'
import type { CreditNote } from './credit-note.ts'

/** In its customer's partition; lists by date of issue for all (gsi1) and by the owner of the customer (gsi2). */
export const creditNotes = defineEntity<CreditNote>({
  type: 'credit-note',
  prefix: 'crn',
  schemaVersion: 1,
  key: (id) => ({ pk: customerPartition(id), sk: ['FCN', id] }),
  gsi1: ({ id }) => ({ pk: ['CRN-ALL'], sk: [id] }),
  gsi2: ({ id, ownerId }) => (ownerId ? { pk: ['CRN-OWNER', ownerId], sk: [id] } : undefined),
  guards: ({ externalId, number }) => [...externalIdGuard('credit-note', externalId), numberGuard('creditNote', number)],
})
