import type { Context } from '../../kernel/context.ts'
import { instantOperators, instantRange } from '../../kernel/instant-range.ts'
import { type ListInput, type ListSpec, type Page, requireServed } from '../../kernel/paging.ts'
import { recordOf } from '../../store/entity.ts'
import { listPage } from '../../store/list.ts'
import type { Range } from '../../store/query.ts'
import { whoseLists } from '../asked.ts'
import { pageByExternalId } from '../by-external-id.ts'
import { rowsInSight, visibleCustomer } from '../customer/access.ts'
import { asThingsOf, rangesOf } from '../customer/partitions.ts'
import { activities, activitiesBy, activitiesOf, activityKeyAt, allActivities } from './activity.table.ts'
import type { Activity } from './activity.ts'
import { activitiesIn } from './read-activities.ts'

const sorts = ['-at', 'at'] as const
const at = instantOperators

export const activityList = {
  filters: { customerId: ['eq'], authorId: ['eq', 'in'], at, externalId: ['eq'] },
  sorts,
  search: '/v1/activities/search',
} as const satisfies ListSpec

/** The list under one customer. */
export const customerActivityList = { filters: { at }, sorts } as const satisfies ListSpec

const ways = [['authorId', 'at'], ['customerId', 'at'], ['externalId']]

async function ofCustomer(ctx: Context, customerId: string, input: ListInput): Promise<Page<Activity>> {
  const customer = await visibleCustomer(ctx, customerId)
  const span = instantRange(input.filter, 'at', activityKeyAt)
  const ranges = rangesOf(customer, (id) => ({ ...activitiesOf(id, input.sort === '-at'), ...span }))
  const page = await listPage(ctx, 'activities', ranges, input)
  return { ...page, data: asThingsOf(customer, await activitiesIn(ctx, page.data)) }
}

/**
 * Activities by time, newest first unless asked otherwise: all (gsi1), those of the authors the caller sees, merged (gsi2),
 * or all of one customer in sight. By externalId at most one. Those of customers out of sight are left out.
 */
export async function listActivities(ctx: Context, input: ListInput): Promise<Page<Activity>> {
  const { filter } = input
  requireServed(filter, ways)
  if (filter.externalId?.eq !== undefined) return pageByExternalId(ctx, activities, filter.externalId.eq)
  if (filter.customerId?.eq !== undefined) return ofCustomer(ctx, filter.customerId.eq, input)
  const whose = await whoseLists(ctx, filter, 'authorId')
  const common = { ...instantRange(filter, 'at', (instant) => instant), reverse: input.sort === '-at' }
  const ranges: Range[] =
    whose === 'all'
      ? [{ ...common, index: 'gsi1', partition: allActivities }]
      : whose.map((authorId) => ({ ...common, index: 'gsi2', partition: activitiesBy(authorId) }))
  const page = await listPage(ctx, 'activities', ranges, input)
  const rows = page.data.map((item) => recordOf(activities, item))
  return { ...page, data: await rowsInSight(ctx, rows) }
}
