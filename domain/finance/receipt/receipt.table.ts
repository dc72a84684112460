import { datedId } from '../../kernel/ids.ts'
import { customerPartition } from '../../parties/index.ts'
import { numberGuard } from '../../platform/index.ts'
import { defineEntity } from '../../store/entity.ts'
import { externalIdGuard } from '../../store/external-id.ts'
import type { Range } from '../../store/query.ts'
import type { Receipt } from './receipt.ts'

export const allReceipts = ['RCT-ALL']
export const receiptsOfOwner = (ownerId: string) => ['RCT-OWNER', ownerId]
/** Money of which nobody knows who paid it. */
export const waitingReceipts = ['RCT-WAITING']

/** The id of a receipt begins with the day it was received, so that all of its lists are in that order. */
export const receivedId = (id: string, receivedOn: string): string => datedId(id, receivedOn)

/**
 * In its customer's partition; one whose customer was found later stays where it is, and that customer's partition points to
 * it. Lists by day for all (gsi1), by the owner of the customer and of those that wait (gsi2).
 */
export const receipts = defineEntity<Receipt>({
  type: 'receipt',
  prefix: 'rct',
  schemaVersion: 1,
  key: (id) => ({ pk: customerPartition(id), sk: ['RCT', id] }),
  gsi1: ({ id }) => ({ pk: allReceipts, sk: [id] }),
  gsi2: ({ id, customerId, ownerId, ended }) => {
    if (!customerId) return ended ? undefined : { pk: waitingReceipts, sk: [id] }
    return ownerId ? { pk: receiptsOfOwner(ownerId), sk: [id] } : undefined
  },
  guards: ({ externalId, number, takenBack }) =>
    takenBack ? [] : [...externalIdGuard('receipt', externalId), numberGuard('receipt', number)],
  pointers: ({ id, identifiedIn }) => (identifiedIn ? [{ key: { pk: customerPartition(identifiedIn), sk: ['RCT', id] } }] : []),
})

/** Access pattern: receipts of a customer's partition by day; one Query. */
export const receiptsIn = (home: string): Range => ({ partition: customerPartition(home), prefix: ['RCT'] })
