import type { Context } from '../../kernel/context.ts'
import { Problem } from '../../kernel/errors.ts'
import { binding, cursorAt, type ListInput, type Page, positionOf } from '../../kernel/paging.ts'
import { mergedPage } from '../../store/list.ts'
import { type OutboxItem, outboxKeys } from '../../store/outbox.ts'
import type { Range } from '../../store/query.ts'

/** What belongs to no customer has a log of its own, by the prefix of its id; what happened to all else lies with its customer. */
const logs: Record<string, string> = {
  usr: 'user',
  key: 'api-key',
  pol: 'pool',
  viw: 'view',
  hnd: 'handover',
  imp: 'import',
  exp: 'export',
  pro: 'product',
  led: 'lead',
  lfm: 'lead-form',
  cmp: 'campaign',
  seg: 'segment',
  sup: 'suppression',
  mtp: 'message-template',
  dtp: 'document-template',
  dim: 'document-image',
}

const ofCustomers = new Set(['cus', 'con', 'act', 'fup', 'fil', 'quo', 'ord', 'shp', 'rcv', 'rct', 'crn', 'wof'])

/** The log of what a record was done to; undefined when that lies with its customer. 400 for what is no id of a record. */
export function logOf(ctx: Context, subjectId: string): string[] | undefined {
  const prefix = subjectId.split('_', 1)[0]!
  const type = subjectId === ctx.tenant.id ? 'tenant' : logs[prefix]
  if (type) return outboxKeys.subject(type, subjectId)
  if (ofCustomers.has(prefix) && /^[a-z]{3}_[0-9A-HJKMNP-TV-Z]{26}$/.test(subjectId)) return undefined
  throw new Problem('malformed', 'filter.invalid', 'filter[subject.id] wants the id of a record.')
}

const portion = 100

type StoredEvent = OutboxItem & { sk: string }

/** A page reads no more than so many events of a customer; where it found fewer than asked for, the next one goes on. */
const mostPortions = 20

/**
 * The events of one record among those of its customer: there is no index for them, since every event would pay for it and few are
 * looked for. A portion of a customer's trail is 5 RRU.
 */
export async function eventsAmong(ctx: Context, ranges: Range[], subjectId: string, input: ListInput): Promise<Page<OutboxItem>> {
  const bound = binding(ctx, 'events', input)
  const found: StoredEvent[] = []
  let after = positionOf(ctx, bound, input.cursor)
  for (let portions = 1; ; portions++) {
    const items = await mergedPage<StoredEvent>(ctx, ranges, portion, after)
    found.push(...items.filter(({ subject }) => subject.id === subjectId))
    if (found.length > input.limit) break
    if (items.length < portion) return { data: found, page: { next: null } }
    const last = items.at(-1)!.sk
    if (portions === mostPortions) return { data: found, page: { next: cursorAt(ctx, bound, last) } }
    after = last
  }
  const data = found.slice(0, input.limit)
  return { data, page: { next: cursorAt(ctx, bound, data.at(-1)!.sk) } }
}
