import { defineEntity } from '../../store/entity.ts'
import { externalIdGuard } from '../../store/external-id.ts'
import type { Segment } from './segment.ts'

export const allSegments = ['SEGMENTS']

/** All of a tenant in one partition; the lists of people stand beside the record. */
export const segments = defineEntity<Segment>({
  type: 'segment',
  prefix: 'seg',
  schemaVersion: 1,
  key: (id) => ({ pk: allSegments, sk: [id] }),
  detail: { name: 'LISTS', fields: ['includeContactIds', 'excludeContactIds'] },
  guards: ({ externalId }) => externalIdGuard('segment', externalId),
})
