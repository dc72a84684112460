import * as z from 'zod'
import { defineEvent } from './define.ts'
import { Changed, date, id, Nothing } from './fields.ts'

export const CustomerCreated = defineEvent({
  name: 'customer.created',
  version: 1,
  summary: 'A customer was added.',
  data: z.strictObject({ ownerId: id.nullable() }),
  sample: { ownerId: 'usr_01JD8ZQ4T5M6N7P8Q9R0S1T2V3' },
})
export const CustomerChanged = defineEvent({
  name: 'customer.changed',
  version: 1,
  summary: 'Fields of a customer were changed.',
  data: Changed,
  sample: { changed: ['level'] },
})
export const CustomerOwnerChanged = defineEvent({
  name: 'customer.owner-changed',
  version: 1,
  summary: 'A customer got another owner, or went into the public pool; with the way it went and the reason.',
  data: z.strictObject({
    from: id.nullable(),
    to: id.nullable(),
    how: z.enum(['assigned', 'claimed', 'released', 'release-undone', 'reclaimed', 'handed-over', 'merged', 'merge-undone']),
    reason: z.string().nullable(),
    poolId: id.nullable(),
  }),
  sample: { from: 'usr_01JD8ZQ4T5M6N7P8Q9R0S1T2V3', to: null, how: 'released', reason: '半年没有需求', poolId: null },
})
export const CustomerLockChanged = defineEvent({
  name: 'customer.lock-changed',
  version: 1,
  summary: 'A customer was locked where it is, or unlocked.',
  data: z.strictObject({ locked: z.boolean(), reason: z.string().nullable() }),
  sample: { locked: true, reason: '大客户谈判中' },
})
export const ViewCreated = defineEvent({
  name: 'view.created',
  version: 1,
  summary: 'A search was saved as a view.',
  data: Nothing,
  sample: {},
})
export const ViewChanged = defineEvent({
  name: 'view.changed',
  version: 1,
  summary: 'A saved view was changed.',
  data: Changed,
  sample: { changed: ['where'] },
})
export const ViewDeleted = defineEvent({
  name: 'view.deleted',
  version: 1,
  summary: 'A saved view was deleted.',
  data: Nothing,
  sample: {},
})
export const HandoverStarted = defineEvent({
  name: 'handover.started',
  version: 1,
  summary: 'A user left, and everything of theirs is being handed over.',
  data: z.strictObject({ fromUserId: id, toUserIds: z.array(id) }),
  sample: { fromUserId: 'usr_01JD8ZQ4T5M6N7P8Q9R0S1T2V3', toUserIds: ['usr_01JD8ZQ4T5M6N7P8Q9R0S1T2V4'] },
})
export const HandoverFinished = defineEvent({
  name: 'handover.finished',
  version: 1,
  summary: 'Everything of a leaver was handed over.',
  data: z.strictObject({ fromUserId: id, errors: z.int() }),
  sample: { fromUserId: 'usr_01JD8ZQ4T5M6N7P8Q9R0S1T2V3', errors: 0 },
})
export const PoolCreated = defineEvent({
  name: 'pool.created',
  version: 1,
  summary: 'A public pool was set up.',
  data: Nothing,
  sample: {},
})
export const PoolChanged = defineEvent({
  name: 'pool.changed',
  version: 1,
  summary: 'A public pool was changed.',
  data: Changed,
  sample: { changed: ['memberIds'] },
})
export const PoolDeleted = defineEvent({
  name: 'pool.deleted',
  version: 1,
  summary: 'A public pool was deleted.',
  data: Nothing,
  sample: {},
})
export const CustomerMerged = defineEvent({
  name: 'customer.merged',
  version: 1,
  summary: 'Another customer was merged into this one: its old id answers with this one, its records follow.',
  data: z.strictObject({ mergeId: id, duplicateId: id, changed: z.array(z.string()) }),
  sample: { mergeId: 'mrg_01JD8ZQ4T5M6N7P8Q9R0S1T2V3', duplicateId: 'cus_01JD8ZQ4T5M6N7P8Q9R0S1T2V4', changed: ['aliases', 'phones'] },
})
export const CustomerMergeUndone = defineEvent({
  name: 'customer.merge-undone',
  version: 1,
  summary: 'A merge was undone: the duplicate is a customer of its own again, its records go back.',
  data: z.strictObject({ mergeId: id, duplicateId: id }),
  sample: { mergeId: 'mrg_01JD8ZQ4T5M6N7P8Q9R0S1T2V3', duplicateId: 'cus_01JD8ZQ4T5M6N7P8Q9R0S1T2V4' },
})
export const CustomerDeleted = defineEvent({
  name: 'customer.deleted',
  version: 1,
  summary: 'A customer was deleted with all that belonged to it.',
  data: Nothing,
  sample: {},
})

export const CustomerDuplicateOverridden = defineEvent({
  name: 'customer.duplicate-overridden',
  version: 1,
  summary: 'A customer was created or changed although others seemed to be the same; with the reason that was given.',
  data: z.strictObject({ candidateIds: z.array(id), reason: z.string() }),
  sample: { candidateIds: ['cus_01JD8ZQ4T5M6N7P8Q9R0S1T2V3'], reason: '同名的个体户，税号不同' },
})

export const DuplicateCheckLimited = defineEvent({
  name: 'duplicate-check.limited',
  version: 1,
  summary: 'Somebody asked for duplicates so often that customers out of their sight could be mined, and gets no more for a while.',
  data: z.strictObject({ inTenMinutes: z.int(), inDay: z.int() }),
  sample: { inTenMinutes: 121, inDay: 340 },
})

export const ContactCreated = defineEvent({
  name: 'contact.created',
  version: 1,
  summary: 'A contact of a customer was added.',
  data: Nothing,
  sample: {},
})
export const ContactChanged = defineEvent({
  name: 'contact.changed',
  version: 1,
  summary: 'A contact was changed.',
  data: Changed,
  sample: { changed: ['phones'] },
})
export const ContactDeleted = defineEvent({
  name: 'contact.deleted',
  version: 1,
  summary: 'A contact was deleted.',
  data: Nothing,
  sample: {},
})

export const ActivityLogged = defineEvent({
  name: 'activity.logged',
  version: 1,
  summary: 'A call, visit or other contact with a customer was logged.',
  data: z.strictObject({ kind: z.string(), at: z.string(), closedFollowUpIds: z.array(id), nextContactOn: date.nullable() }),
  sample: { kind: 'visit', at: '2026-11-20T02:30:00.000Z', closedFollowUpIds: [], nextContactOn: '2026-11-27' },
})
export const ActivityChanged = defineEvent({
  name: 'activity.changed',
  version: 1,
  summary: 'A logged activity was corrected.',
  data: Changed,
  sample: { changed: ['summary'] },
})
export const ActivityDeleted = defineEvent({
  name: 'activity.deleted',
  version: 1,
  summary: 'A logged activity was deleted.',
  data: Nothing,
  sample: {},
})

export const FollowUpPlanned = defineEvent({
  name: 'follow-up.planned',
  version: 1,
  summary: 'A next contact with a customer was planned.',
  data: z.strictObject({ dueOn: date, ownerId: id }),
  sample: { dueOn: '2026-11-27', ownerId: 'usr_01JD8ZQ4T5M6N7P8Q9R0S1T2V3' },
})
export const FollowUpChanged = defineEvent({
  name: 'follow-up.changed',
  version: 1,
  summary: 'A planned contact was changed or postponed.',
  data: z.strictObject({ changed: z.array(z.string()), dueOn: date }),
  sample: { changed: ['dueOn'], dueOn: '2026-11-30' },
})
export const FollowUpClosed = defineEvent({
  name: 'follow-up.closed',
  version: 1,
  summary: 'A planned contact was done or cancelled.',
  data: z.strictObject({ status: z.enum(['done', 'cancelled']) }),
  sample: { status: 'done' },
})
export const FollowUpDeleted = defineEvent({
  name: 'follow-up.deleted',
  version: 1,
  summary: 'A planned contact was deleted.',
  data: Nothing,
  sample: {},
})
