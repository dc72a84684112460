import { defineEntity } from '../../store/entity.ts'
import { itemKey, type Stored } from '../../store/entity-definition.ts'
import type { Range } from '../../store/query.ts'
import { scattered } from '../../store/scattered.ts'
import type { Write } from '../../store/write.ts'
import type { CustomerReference } from '../customer/customer.table.ts'
import type { Customer } from '../customer/customer.ts'
import type { MergeRecord } from './merge.ts'

/** All of a merge stands in one partition, behind its id. */
const partition = (mergeId: string) => scattered('MERGE', [mergeId]).pk

/** The operation: what is merged into what, and how far it came. Access pattern: get by id. */
export const merges = defineEntity<MergeRecord>({
  type: 'merge',
  prefix: 'mrg',
  schemaVersion: 1,
  key: (id) => ({ pk: partition(id), sk: [id, 'MERGE'] }),
})

/** Both customers as they were before, and the survivor as it became: what undoing starts from. Gone when that is over. */
export interface MergeStates extends Stored {
  survivor: Customer
  duplicate: Customer
  merged: Customer
  /** For the table's TTL, in epoch seconds. */
  expiresAt: number
}

export const mergeStates = defineEntity<MergeStates>({
  type: 'merge-states',
  prefix: 'mrg',
  schemaVersion: 1,
  key: (id) => ({ pk: partition(id), sk: [id, 'STATES'] }),
})

/** A reference of another customer to the duplicate that was turned to the survivor. */
interface TurnedReference {
  ref: string
  field: CustomerReference
}

/** Notes which reference a merge turned, so that undoing it finds it; `expiresAt` in seconds. */
export const turnedReference = (mergeId: string, { ref, field }: TurnedReference, expiresAt: number): Write => ({
  result: undefined,
  actions: (ctx) => [
    {
      ...itemKey(ctx, { pk: partition(mergeId), sk: [mergeId, 'REF', ref, field] }),
      put: { Item: { entity: 'turned', ref, field, expiresAt } },
    },
  ],
})

/** Access pattern: the references that a merge turned; one Query. */
export const turnedReferences = (mergeId: string): Range => ({ partition: partition(mergeId), prefix: [mergeId, 'REF'] })
