import { defineEntity } from '../../store/entity.ts'
import { externalIdGuard } from '../../store/external-id.ts'
import { customerPartition } from '../customer/customer.table.ts'
import type { FollowUp, FollowUpStatus } from './follow-up.ts'

export const followUpsIn = (status: FollowUpStatus) => ['FUP-ALL', status]
export const followUpsOf = (ownerId: string, status: FollowUpStatus) => ['FUP-OWNER', ownerId, status]

/** What a due entry of a follow-up holds: enough to say what is due without reading the customer. */
export interface ContactDue {
  customerId: string
  subject: string
}

/** In its customer's partition; lists by day for all (gsi1) and by owner (gsi2); an open one has a due entry. */
export const followUps = defineEntity<FollowUp>({
  type: 'follow-up',
  prefix: 'fup',
  schemaVersion: 1,
  key: (id) => ({ pk: customerPartition(id), sk: ['FUP', id] }),
  gsi1: (followUp) => ({ pk: followUpsIn(followUp.status), sk: [followUp.dueOn, followUp.id] }),
  gsi2: (followUp) => ({ pk: followUpsOf(followUp.ownerId, followUp.status), sk: [followUp.dueOn, followUp.id] }),
  guards: (followUp) => externalIdGuard('follow-up', followUp.externalId),
  due: ({ status, ownerId, dueOn, id, customerId, subject }) =>
    status === 'open' ? [{ owner: ownerId, on: dueOn, kind: 'contact', id, data: { customerId, subject } satisfies ContactDue }] : [],
})
