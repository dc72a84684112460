import type { CheckedLeaf } from '../../kernel/check-tree.ts'
import type { Context } from '../../kernel/context.ts'
import { Problem } from '../../kernel/errors.ts'
import { firstIdAt } from '../../kernel/ids.ts'
import { comparable, digitsOf, folded } from '../../kernel/search-fields.ts'
import { no, required, yes } from '../../kernel/search-tree.ts'
import {
  allBits,
  bitsOf,
  type CardRow,
  type NounFields,
  namedIn,
  type Prepared,
  preparedSearch,
  runSearch,
  type Search,
  type SearchPage,
  searchLimits,
} from '../../parties/index.ts'
import { recordOf } from '../../store/entity.ts'
import { queryPages, type Range } from '../../store/query.ts'
import { leadReach } from './access.ts'
import { leads, leadsIn, leadsOf } from './lead.table.ts'
import { type Lead, leadStatuses } from './lead.ts'
import { leadFacts } from './lead-facts.ts'
import { allWithPoints } from './with-points.ts'

type Scored = Lead & { score?: number }

/** A lead as it stands in its list, judged as a card is. */
interface LeadRow extends CardRow {
  lead: Scored
}

const more: typeof leadFacts = {
  id: { kind: 'id', of: ({ id }) => id },
  status: { kind: 'option', options: leadStatuses, of: ({ status }) => status },
  ownerId: { kind: 'id', of: ({ ownerId }) => ownerId },
  score: { kind: 'number', of: (lead) => (lead as Scored).score ?? 0 },
  externalId: { kind: 'text', of: ({ externalId }) => externalId },
  updatedAt: { kind: 'instant', of: ({ updatedAt }) => updatedAt },
  createdBy: { kind: 'id', of: ({ createdBy }) => createdBy },
}

const fields: NounFields<Scored> = Object.fromEntries(
  Object.entries({ ...leadFacts, ...more }).map(([name, field]) => [
    name,
    { ...field, card: (row: CardRow) => comparable(field, field.of((row as LeadRow).lead)), sorts: true },
  ]),
)

/** Leads that one search judges. */
const mostLeads = 20_000

const tooMany = () =>
  new Problem(
    'invalid',
    'search.too-large',
    `One search judges at most ${mostLeads} leads, and this one would read more. Narrow it with a comparison that must hold: of createdAt (gte, lt, between), of status or of ownerId (eq or in).`,
  )

const idAt = (milliseconds: unknown) => firstIdAt('led', new Date(Number(milliseconds)).toISOString())

/** The ids that comparisons of createdAt leave; whole milliseconds, so that what is judged afterwards is never narrower. */
function spanOf(leaves: readonly CheckedLeaf[]): { from: string; to: string } {
  const span = { from: 'led_', to: 'led_~' }
  for (const { op, values } of leaves.filter(({ field }) => field === 'createdAt')) {
    const [from, to] = [idAt(values[0]), idAt(Number(values.at(-1)) + 1)]
    if (['eq', 'gt', 'gte', 'between'].includes(op) && from > span.from) span.from = from
    if (['eq', 'lt', 'lte', 'between'].includes(op) && to < span.to) span.to = to
  }
  return span
}

/** The lists that are read: those of the statuses that must hold, of everybody, or of the owners asked for that the caller sees. */
async function rangesOf(ctx: Context, { where }: Prepared): Promise<Range[]> {
  const leaves = required(where)
  const [reach, span] = [await leadReach(ctx), spanOf(leaves)]
  const statuses = namedIn<number>(leaves, 'status')?.map((place) => leadStatuses[place]!) ?? leadStatuses
  const named = namedIn(leaves, 'ownerId')
  if (!named && reach === 'all') return statuses.map((status) => ({ ...span, index: 'gsi1', partition: leadsIn(status) }))
  const owners = named?.filter((id) => reach === 'all' || reach.has(id)) ?? [...(reach as ReadonlySet<string | undefined>)]
  return owners.flatMap((ownerId) => statuses.map((status): Range => ({ ...span, index: 'gsi2', partition: leadsOf(ownerId, status) })))
}

/** Each lead of some lists once, up to the limit of all together. */
async function readAll(ctx: Context, ranges: readonly Range[]): Promise<Lead[]> {
  const found = new Map<string, Lead>()
  let read = 0
  await Promise.all(
    ranges.map(async (range) => {
      for await (const items of queryPages(ctx, range)) {
        read += items.length
        if (read > mostLeads) throw tooMany()
        for (const item of items) found.set(item.id as string, recordOf(leads, item))
      }
    }),
  )
  return [...found.values()]
}

/** Names are also found by their sound, numbers among the digits of the phone. */
const hasAll = ({ words }: Prepared, { name, company, email, phone, wechat, message, notes }: Lead): boolean =>
  bitsOf(words, {
    texts: [name, company, email, wechat, message, notes].flatMap((text) => (text ? [folded(text)] : [])),
    phones: phone ? [digitsOf(phone)] : [],
    names: [name, company].flatMap((text) => (text ? [folded(text)] : [])),
  }) === allBits(words)

/**
 * Searches leads by any field and by their points as they are now; `text` looks into name, company, e-mail, phone, WeChat, message and
 * notes. They have no cards: an index serves status, owner and creation that must hold, and every lead in that is judged.
 * 422 `search.too-large` above 20,000.
 */
export async function searchLeads(ctx: Context, search: Omit<Search, 'viewId'>): Promise<SearchPage<Lead>> {
  const query = preparedSearch(ctx, { plural: 'leads', singular: 'lead' }, fields, search, '-createdAt')
  const reach = await leadReach(ctx)
  const rows = new Map((await allWithPoints(ctx, await readAll(ctx, await rangesOf(ctx, query)))).map((lead) => [lead.id, lead]))
  const searched = {
    entity: leads,
    catalogue: fields,
    isMasked: () => false,
    shownMasked: () => true,
    cardText: (row: CardRow) => (hasAll(query, (row as LeadRow).lead) ? yes : no),
    recordText: (lead: Lead) => hasAll(query, lead),
    inSight: async (found: Lead[]) => found.filter(({ ownerId }) => reach === 'all' || reach.has(ownerId)),
    held: (id: string) => rows.get(id),
  }
  return runSearch(ctx, query, searched, searchLimits, async (each) => {
    for (const lead of rows.values()) each({ id: lead.id, parts: [], place: {}, lead } as LeadRow)
  })
}
