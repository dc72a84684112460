import { firstIdAt } from '../../kernel/ids.ts'
import { defineEntity } from '../../store/entity.ts'
import { externalIdGuard } from '../../store/external-id.ts'
import type { Range } from '../../store/query.ts'
import { customerPartition } from '../customer/customer.table.ts'
import { type Activity, sortId } from './activity.ts'

export const activitiesBy = (authorId: string) => ['ACT-BY', authorId]
export const allActivities = ['ACT-ALL']

/** In its customer's partition by the time in its id, with a pointer where that was corrected; lists by time for all (gsi1) and by author (gsi2). */
export const activities = defineEntity<Activity>({
  type: 'activity',
  prefix: 'act',
  schemaVersion: 1,
  key: (id) => ({ pk: customerPartition(id), sk: ['ACT', id] }),
  gsi1: (activity) => ({ pk: allActivities, sk: [activity.at, activity.id] }),
  gsi2: (activity) => ({ pk: activitiesBy(activity.authorId), sk: [activity.at, activity.id] }),
  guards: (activity) => externalIdGuard('activity', activity.externalId),
  pointers: (activity) =>
    sortId(activity) === activity.id ? [] : [{ key: { pk: customerPartition(activity.id), sk: ['ACT', sortId(activity)] } }],
})

/** Access pattern: activities of a customer by time; one Query, 0.5 RRU per ten. */
export const activitiesOf = (customerId: string, newestFirst: boolean): Range => ({
  partition: customerPartition(customerId),
  prefix: ['ACT'],
  reverse: newestFirst,
})

/** The smallest sort key of a customer's activities at an instant. */
export const activityKeyAt = (instant: string) => `ACT#${firstIdAt('act', instant)}`
