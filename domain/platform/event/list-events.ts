import { allEvents } from '../../../events/registry.ts'
import type { Context } from '../../kernel/context.ts'
import { Problem } from '../../kernel/errors.ts'
import { firstIdAt, isId } from '../../kernel/ids.ts'
import { instantRange } from '../../kernel/instant-range.ts'
import { type Filter, type ListInput, type ListSpec, type Page, requireServed } from '../../kernel/paging.ts'
import { quoted } from '../../kernel/text.ts'
import { absorbedBy, customers, partitionsOf } from '../../parties/index.ts'
import { joinParts } from '../../store/keys.ts'
import { listPage } from '../../store/list.ts'
import { type OutboxItem, outboxKeys } from '../../store/outbox.ts'
import type { Range } from '../../store/query.ts'
import { findParents } from '../../store/read.ts'
import { eventsAmong, logOf } from './subject-events.ts'

export const eventList = {
  filters: {
    type: ['eq', 'in'],
    actorId: ['eq'],
    customerId: ['eq'],
    'subject.id': ['eq'],
    at: ['gte', 'lt', 'between'],
  },
  sorts: ['-at', 'at'],
} as const satisfies ListSpec

const names = new Set(allEvents.map((event) => event.name))

/** The types asked for, or all there are; 400 for one there is not. */
function typesOf(filter: Filter): string[] {
  const asked = filter.type?.in?.split(',') ?? (filter.type?.eq === undefined ? [...names] : [filter.type.eq])
  const unknown = asked.find((name) => !names.has(name))
  if (unknown !== undefined)
    throw new Problem('malformed', 'filter.invalid', `There is no event ${quoted(unknown)}. There are: ${[...names].join(', ')}.`)
  return [...new Set(asked)]
}

/** Where the events of a customer lie, by its id or that of a thing of it: with it those that were merged into it. A deleted one's stay. */
async function partitionIds(ctx: Context, id: string): Promise<string[]> {
  const customer = (await findParents(ctx, customers, [id])).get(id)
  return customer ? partitionsOf(customer) : [id, ...(isId('cus', id) ? await absorbedBy(ctx, id) : [])]
}

/** The ranges to read: by type (gsi1, merged), by actor (gsi2), or one partition. */
async function rangesOf(ctx: Context, filter: Filter): Promise<Range[]> {
  requireServed(filter, [
    ['type', 'at'],
    ['actorId', 'at'],
    ['customerId', 'at'],
    ['subject.id', 'at'],
  ])
  const span = (keyAt: (id: string) => string) => instantRange(filter, 'at', (instant) => keyAt(firstIdAt('evt', instant)))
  const own = { prefix: ['EVT'], ...span((id) => joinParts(['EVT', id])) }
  const subjectId = filter['subject.id']?.eq
  const log = subjectId === undefined ? undefined : logOf(ctx, subjectId)
  if (log) return [{ ...own, partition: log }]
  const of = filter.customerId?.eq ?? subjectId
  if (of !== undefined) return (await partitionIds(ctx, of)).map((id) => ({ ...own, partition: outboxKeys.customer(id) }))
  const indexed = span((id) => id)
  if (filter.actorId?.eq !== undefined) return [{ ...indexed, index: 'gsi2', partition: outboxKeys.actor(filter.actorId.eq) }]
  return typesOf(filter).map((name) => ({ ...indexed, index: 'gsi1', partition: outboxKeys.name(name) }))
}

/** A stored event as callers see it. */
function shown({ name, ...item }: OutboxItem) {
  const actor = item.actor as { kind: 'user' | 'key' | 'system'; id: string }
  return { ...item, actor, type: name }
}

/** What happened in the firm, newest first unless asked otherwise. Filters that no index serves together are 400. */
export async function listEvents(ctx: Context, input: ListInput): Promise<Page<ReturnType<typeof shown>>> {
  const ranges = (await rangesOf(ctx, input.filter)).map((range) => ({ ...range, reverse: input.sort === '-at' }))
  const subjectId = input.filter['subject.id']?.eq
  const isAmong = subjectId !== undefined && !logOf(ctx, subjectId)
  const page = isAmong ? await eventsAmong(ctx, ranges, subjectId, input) : await listPage<OutboxItem>(ctx, 'events', ranges, input)
  return { ...page, data: page.data.map(shown) }
}
