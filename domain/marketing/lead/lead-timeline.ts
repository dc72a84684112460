import { userNames } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { firstIdAt } from '../../kernel/ids.ts'
import { instantRange } from '../../kernel/instant-range.ts'
import type { ListInput, ListSpec, Page } from '../../kernel/paging.ts'
import { listPage } from '../../store/list.ts'
import { type OutboxItem, outboxKeys } from '../../store/outbox.ts'
import { visibleLead } from './access.ts'

export const leadTimelineList = { filters: { at: ['gte', 'lt', 'between'] }, sorts: ['-at', 'at'] } as const satisfies ListSpec

interface Told {
  id: string
  type: string
  at: string
  actor: { kind: 'user' | 'key' | 'system'; id: string; name: string | null }
  subject: { type: string; id: string }
  data: Record<string, unknown>
}

/** What happened to a lead, newest first unless asked otherwise; once it is converted, the customer's timeline goes on. */
export async function leadTimeline(ctx: Context, { id, ...input }: ListInput & { id: string }): Promise<Page<Told>> {
  const [lead, names] = await Promise.all([visibleLead(ctx, id), userNames(ctx)])
  const span = instantRange(input.filter, 'at', (instant) => `EVT#${firstIdAt('evt', instant)}`)
  const range = { partition: outboxKeys.subject('lead', lead.id), prefix: ['EVT'], ...span, reverse: input.sort === '-at' }
  const page = await listPage<OutboxItem>(ctx, `timeline ${lead.id}`, [range], input)
  const data = page.data.map(({ id, name: type, at, actor, subject, data }) => {
    const who = { kind: actor.kind as Told['actor']['kind'], id: actor.id, name: names.get(actor.id) ?? null }
    return { id, type, at, actor: who, subject, data }
  })
  return { ...page, data }
}
