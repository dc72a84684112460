import { type Activity, activityKinds } from '../activity/activity.ts'
import type { NounFields } from './fields.ts'

/** Fields by which activities are searched; all of the record is read. */
export const activityFields: NounFields<Activity> = {
  id: { kind: 'id', of: ({ id }) => id },
  customerId: { kind: 'id', of: ({ customerId }) => customerId },
  authorId: { kind: 'id', of: ({ authorId }) => authorId, sorts: true },
  contactId: { kind: 'id', of: ({ contactId }) => contactId },
  followUpId: { kind: 'id', of: ({ followUpId }) => followUpId },
  kind: { kind: 'option', options: activityKinds, of: ({ kind }) => kind, sorts: true },
  at: { kind: 'instant', of: ({ at }) => at, sorts: true },
  summary: { kind: 'text', of: ({ summary }) => summary },
  outcome: { kind: 'text', of: ({ outcome }) => outcome },
  'location.text': { kind: 'text', of: ({ location }) => location?.text },
  nextContactOn: { kind: 'date', of: ({ nextContactOn }) => nextContactOn, sorts: true },
  externalId: { kind: 'text', of: ({ externalId }) => externalId },
  createdAt: { kind: 'instant', of: ({ createdAt }) => createdAt, sorts: true },
  updatedAt: { kind: 'instant', of: ({ updatedAt }) => updatedAt },
  createdBy: { kind: 'id', of: ({ createdBy }) => createdBy },
}
