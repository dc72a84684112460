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
import type { TimelineEntry } from './timeline.ts'

export const timelineList = { filters: { at: ['gte', 'lt', 'between'] }, sorts: ['-at', 'at'] } as const satisfies ListSpec

/** The activities that the events tell of, for those who may read them. One BatchGet. */
async function loggedIn(ctx: Context, events: OutboxItem[]): Promise<Map<string, unknown>> {
  const ids = events.filter((event) => event.name === 'activity.logged').map((event) => event.subject.id)
  if (ids.length === 0 || !allowed(ctx.actor, 'activities.read')) return new Map()
  return findMany(
    ctx,
    ids.map((id) => ({ entity: activities, id })),
  )
}

/** What happened to a customer, newest first unless asked otherwise: the events of its partition, told with their activities. */
export async function listTimeline(ctx: Context, { id, ...input }: ListInput & { id: string }): Promise<Page<TimelineEntry>> {
  const customer = await visibleCustomer(ctx, id)
  const span = instantRange(input.filter, 'at', (instant) => `EVT#${firstIdAt('evt', instant)}`)
  const range = { partition: outboxKeys.customer(customer.id), prefix: ['EVT'], ...span, reverse: input.sort === '-at' }
  const page = await listPage(ctx, `timeline ${customer.id}`, [range], input)
  const events = page.data as unknown as OutboxItem[]
  const [logged, names] = await Promise.all([loggedIn(ctx, events), userNames(ctx)])
  const data = events.map(({ id, name, at, actor, subject, data }) => ({
    id,
    type: name,
    at,
    actor: { kind: actor.kind as 'user' | 'key' | 'system', id: actor.id, name: names.get(actor.id) ?? null },
    subject,
    data,
    activity: (logged.get(subject.id) as Activity | undefined) ?? null,
  }))
  return { ...page, data }
}
