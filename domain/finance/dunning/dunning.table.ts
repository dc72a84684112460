import type { DunningLevel } from '../../identity/index.ts'
import { customerPartition } from '../../parties/index.ts'
import { defineEntity } from '../../store/entity.ts'
import type { Stored } from '../../store/entity-definition.ts'
import type { Range } from '../../store/query.ts'

/** One mail to a customer about what is overdue: kept, so that nobody is told the same twice. */
export interface DunningNotice extends Stored {
  customerId: string
  level: DunningLevel
  /** The day of the tenant on which it was decided. */
  on: string
  receivables: string[]
}

/** In its customer's partition, in the order in which they were decided. */
export const dunningNotices = defineEntity<DunningNotice>({
  type: 'dunning-notice',
  prefix: 'dun',
  schemaVersion: 1,
  key: (id) => ({ pk: customerPartition(id), sk: ['FDN', id] }),
})

/** Access pattern: the notices to a customer, newest first; one Query. */
export const noticesIn = (home: string): Range => ({ partition: customerPartition(home), prefix: ['FDN'], reverse: true })
