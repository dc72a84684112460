import { datedId, firstIdAt } from '../../kernel/ids.ts'
import { customerPartition } from '../../parties/index.ts'
import { numberGuard } from '../../platform/index.ts'
import { defineEntity } from '../../store/entity.ts'
import type { ItemKey } from '../../store/entity-definition.ts'
import { externalIdGuard } from '../../store/external-id.ts'
import type { Range } from '../../store/query.ts'
import { isOpen, type Receivable } from './receivable.ts'

/** In lists a receivable is open or settled. */
export const listStates = ['open', 'settled'] as const
export type ListState = (typeof listStates)[number]

const stateOf = (receivable: Receivable): ListState => (isOpen(receivable) ? 'open' : 'settled')

export const allReceivables = (state: ListState) => ['RCV-ALL', state]
/** Without an owner, those of customers in the public pools. */
export const receivablesOfOwner = (ownerId: string | undefined, state: ListState) => ['RCV-OWNER', ownerId ?? 'pool', state]

/** The id of a receivable begins with its due date, so that all of its lists are in that order. */
export const dueId = (id: string, dueOn: string): string => datedId(id, dueOn)

/** The smallest id of what is due on a day or later. */
export const firstDueOn = (day: string): string => firstIdAt('rcv', day)

/** In its customer's partition; lists by due date for all (gsi1) and by the owner of the customer (gsi2), open and settled apart. */
export const receivables = defineEntity<Receivable>({
  type: 'receivable',
  prefix: 'rcv',
  schemaVersion: 1,
  key: (id) => ({ pk: customerPartition(id), sk: ['RCV', id] }),
  gsi1: (receivable) => ({ pk: allReceivables(stateOf(receivable)), sk: [receivable.id] }),
  gsi2: (receivable) => ({ pk: receivablesOfOwner(receivable.ownerId, stateOf(receivable)), sk: [receivable.id] }),
  guards: ({ externalId, number, takenBack }) =>
    takenBack ? [] : [...externalIdGuard('receivable', externalId), numberGuard('receivable', number)],
})

/** Access pattern: receivables of a customer's partition by due date; one Query. */
export const receivablesIn = (home: string): Range => ({ partition: customerPartition(home), prefix: ['RCV'] })

/** Where a receivable that is a share of an order or shipment is found by it; there is at most one of each share. */
export const shareKey = ({ of, share }: NonNullable<Receivable['source']>): ItemKey => ({
  pk: customerPartition(of),
  sk: ['ROF', of, share],
})

/** Access pattern: what an order or direct shipment has opened; one Query. */
export const sharesOf = (of: string): Range => ({ partition: customerPartition(of), prefix: ['ROF', of] })
