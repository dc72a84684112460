import { allEvents } from '../../../events/registry.ts'
import type { Context } from '../../kernel/context.ts'
import { Problem } from '../../kernel/errors.ts'
import { firstIdAt } from '../../kernel/ids.ts'
import { instantRange } from '../../kernel/instant-range.ts'
import { type Filter, type ListInput, type ListSpec, type Page, requireServed } from '../../kernel/paging.ts'
import { absorbedBy, customers, partitionsOf } from '../../parties/index.ts'
import { joinParts } from '../../store/keys.ts'
import { listPage } from '../../store/list.ts'
import { type OutboxItem, outboxKeys } from '../../store/outbox.ts'
import type { Range } from '../../store/query.ts'
import { find } from '../../store/read.ts'

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
    throw new Problem(
      'malformed',
      'filter.invalid',
      `There is no event ${JSON.stringify(unknown.slice(0, 60))}. There are: ${[...names].join(', ')}.`,
    )
  return [...new Set(asked)]
}

/** What happened to a customer or anything of it lies in the customer's partition; to a user or a key in a log of its own. */
const subjectLogs: Record<string, string> = { usr: 'user', key: 'api-key' }

function logOf(ctx: Context, subjectId: string): string[] {
  const type = subjectId === ctx.tenant.id ? 'tenant' : subjectLogs[subjectId.split('_', 1)[0]!]
  if (type) return outboxKeys.subject(type, subjectId)
  throw new Problem(
    'malformed',
    'filter.unsupported',
    'subject.id finds users, API keys and the firm itself; use filter[customerId] for what belongs to a customer.',
  )
}

/** The customers whose partitions hold the events: with the one named those that were merged into it. A deleted one's stay. */
async function partitionIds(ctx: Context, customerId: string): Promise<string[]> {
  const customer = await find(ctx, customers, customerId)
  return customer ? partitionsOf(customer) : [customerId, ...(await absorbedBy(ctx, customerId))]
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
  if (filter.customerId?.eq !== undefined) {
    const ids = await partitionIds(ctx, filter.customerId.eq)
    return ids.map((id) => ({ ...own, partition: outboxKeys.customer(id) }))
  }
  if (filter['subject.id']?.eq !== undefined) return [{ ...own, partition: logOf(ctx, filter['subject.id'].eq) }]
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
  const page = await listPage(ctx, 'events', ranges, input)
  return { ...page, data: page.data.map((item) => shown(item as unknown as OutboxItem)) }
}
