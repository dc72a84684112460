import { customerPartition } from '../../parties/index.ts'
import { numberGuard } from '../../platform/index.ts'
import { defineEntity } from '../../store/entity.ts'
import { externalIdGuard } from '../../store/external-id.ts'
import type { WriteOff } from './write-off.ts'

/** In its customer's partition; lists by date of issue for all (gsi1) and by the owner of the customer (gsi2). */
export const writeOffs = defineEntity<WriteOff>({
  type: 'write-off',
  prefix: 'wof',
  schemaVersion: 1,
  key: (id) => ({ pk: customerPartition(id), sk: ['WOF', id] }),
  gsi1: ({ id }) => ({ pk: ['WOF-ALL'], sk: [id] }),
  gsi2: ({ id, ownerId }) => (ownerId ? { pk: ['WOF-OWNER', ownerId], sk: [id] } : undefined),
  guards: ({ externalId, number }) => [...externalIdGuard('write-off', externalId), numberGuard('writeOff', number)],
})
