import { allowed, userNames } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { firstIdAt } from '../../kernel/ids.ts'
import { instantRange } from '../../kernel/instant-range.ts'
import type { ListInput, ListSpec, Page } from '../../kernel/paging.ts'
import { listPage } from '../../store/list.ts'
import { type OutboxItem, outboxKeys } from '../../store/outbox.ts'
import { findMany } from '../../store/read.ts'
import { activities } from '../activity/activity.table.ts'
import type { Activity } from '../activity/activity.ts'
import { visibleCustomer } from '../customer/access.ts'
import type { Customer } from '../customer/customer.ts'
import { asThingsOf, rangesOf } from '../customer/partitions.ts'
import type { TimelineEntry } from './timeline.ts'

export const timelineList = { filters: { at: ['gte', 'lt', 'between'] }, sorts: ['-at', 'at'] } as const satisfies ListSpec

/** The activities that the events tell of, for those who may read them. One BatchGet. */
async function loggedIn(ctx: Context, customer: Customer, events: OutboxItem[]): Promise<Map<string, Activity>> {
  const ids = events.filter((event) => event.name === 'activity.logged').map((event) => event.subject.id)
  if (ids.length === 0 || !allowed(ctx.actor, 'activities.read')) return new Map()
  const found = await findMany(
    ctx,
    ids.map((id) => ({ entity: activities, id })),
  )
  return new Map(asThingsOf(customer, [...found.values()] as Activity[]).map((activity) => [activity.id, activity]))
}

/** What happened to a customer and to those merged into it, newest first unless asked otherwise: events of its partitions, told with their activities. */
export async function listTimeline(ctx: Context, { id, ...input }: ListInput & { id: string }): Promise<Page<TimelineEntry>> {
  const customer = await visibleCustomer(ctx, id)
  const span = instantRange(input.filter, 'at', (instant) => `EVT#${firstIdAt('evt', instant)}`)
  const common = { prefix: ['EVT'], ...span, reverse: input.sort === '-at' }
  const ranges = rangesOf(customer, (partition) => ({ ...common, partition: outboxKeys.customer(partition) }))
  const { data: events, page } = await listPage<OutboxItem>(ctx, `timeline ${customer.id}`, ranges, input)
  const [logged, names] = await Promise.all([loggedIn(ctx, customer, events), userNames(ctx)])
  const data = events.map(({ id, name, at, actor, subject, data }) => ({
    id,
    type: name,
    at,
    actor: { kind: actor.kind as 'user' | 'key' | 'system', id: actor.id, name: names.get(actor.id) ?? null },
    subject,
    data,
    activity: logged.get(subject.id) ?? null,
  }))
  return { data, page }
}
