import type { CheckedLeaf } from '../../kernel/check-tree.ts'
import type { Context } from '../../kernel/context.ts'
import { Problem } from '../../kernel/errors.ts'
import { folded } from '../../kernel/search-fields.ts'
import { no, required, yes } from '../../kernel/search-tree.ts'
import {
  allBits,
  asThingsOf,
  bitsOf,
  type CardRow,
  type Customer,
  endOfDay,
  type NounFields,
  namedIn,
  namingSurvivors,
  type Prepared,
  preparedSearch,
  rangesOf,
  rowsInSight,
  runSearch,
  type Search,
  type SearchLimits,
  type SearchPage,
  searchLimits,
  thingsInReach,
} from '../../parties/index.ts'
import { recordOf } from '../../store/entity.ts'
import { queryPage, type Range } from '../../store/query.ts'
import type { DocumentRow } from './document-fields.ts'
import { type DocumentList, type ListedDocument, rangesOfDay } from './list-documents.ts'

interface DocumentLimits extends SearchLimits {
  /** Rows of lists judged. */
  documents: number
}

export const documentLimits: DocumentLimits = { ...searchLimits, documents: 20_000 }

/** How the documents of a noun are searched. */
interface SearchedDocuments<T extends ListedDocument, S extends string> {
  list: DocumentList<T, S>
  singular: string
  fields(ctx: Context): NounFields<T>
  /** What `text` looks into; all of it stands on the row. */
  texts(document: T): (string | undefined)[]
}

const dayAt = (number: unknown) => new Date(Number(number) * 86_400_000).toISOString().slice(0, 10)

/** The days that the tree allows, as bounds of the lists by day. */
function spanOfDays(leaves: readonly CheckedLeaf[], field: string): { from?: string; to?: string } {
  let [from, to] = ['', '\uffff']
  for (const { op, values } of leaves.filter((leaf) => leaf.field === field)) {
    const [first, last] = [dayAt(values[0]), dayAt(values.at(-1))]
    if ((op === 'eq' || op === 'gte' || op === 'gt' || op === 'between') && first > from) from = first
    if ((op === 'eq' || op === 'lte' || op === 'lt' || op === 'between') && endOfDay(last) < to) to = endOfDay(last)
  }
  return { ...(from ? { from } : {}), ...(to < '\uffff' ? { to } : {}) }
}

interface Source {
  range: Range
  /** Whose partition it is, where it is one of a customer. */
  customer?: Customer
}

const tooMany = ({ documents }: DocumentLimits, { noun, day }: { noun: string; day: string }) =>
  new Problem(
    'invalid',
    'search.too-large',
    `One search judges at most ${documents} ${noun}, and this one would read more. Narrow it with a comparison that must hold: of ${day} (gte, lt, between), of status, of customerId or of ownerId (eq or in).`,
  )

/** What has to be read: the customers that the tree names, else the lists of the owners in reach in its days and statuses, and what is shared. */
async function sourcesOf<T extends ListedDocument, S extends string>(
  ctx: Context,
  list: DocumentList<T, S>,
  query: Prepared,
  named: ReadonlyMap<string, Customer>,
) {
  const leaves = required(query.where)
  const { whose, shared, inSight } = await thingsInReach(ctx, query)
  const ofCustomer = (customer: Customer): Source[] => rangesOf(customer, list.of).map((range) => ({ range, customer }))
  const customerIds = namedIn(leaves, 'customerId')
  if (customerIds) return { inSight, sources: customerIds.flatMap((id) => named.get(id) ?? []).flatMap(ofCustomer) }
  const places = namedIn<number>(leaves, 'status')
  const statuses = places ? places.map((place) => list.statuses[place]!) : list.statuses
  const ranges = rangesOfDay(list, whose, statuses, spanOfDays(leaves, list.day))
  return { inSight, sources: [...ranges.map((range): Source => ({ range })), ...shared.flatMap(ofCustomer)] }
}

const pageSize = 1000

/** Every document of some ranges once, up to the limit of all together. */
async function readSources<T extends ListedDocument, S extends string>(
  ctx: Context,
  list: DocumentList<T, S>,
  sources: readonly Source[],
  limits: DocumentLimits,
): Promise<Map<string, T>> {
  const found = new Map<string, T>()
  let read = 0
  const readOne = async ({ range, customer }: Source) => {
    const sk = range.index ? `${range.index}sk` : 'sk'
    for (let after: string | undefined, more = true; more; ) {
      const page = await queryPage(ctx, range, { limit: pageSize, after })
      read += page.items.length
      if (read > limits.documents) throw tooMany(limits, list)
      const rows = page.items.map((item) => recordOf(list.entity, item))
      for (const row of customer ? asThingsOf(customer, rows) : rows) found.set(row.id, row)
      after = page.items.at(-1)?.[sk] as string | undefined
      more = page.more && page.items.length > 0
    }
  }
  await Promise.all(sources.map(readOne))
  return found
}

/**
 * Searches documents by any field. They have no cards: the rows of their lists say everything but lines and texts, an index
 * serves days, statuses, owners and customers that must hold, and every row in that is judged, up to a stated number
 * (docs/adr/0008-documents-are-searched-by-their-rows.md). Rows are answered without lines.
 */
export async function searchDocuments<T extends ListedDocument, S extends string>(
  ctx: Context,
  { list, singular, fields, texts }: SearchedDocuments<T, S>,
  { where, ...search }: Omit<Search, 'viewId'>,
  limits = documentLimits,
): Promise<SearchPage<T>> {
  const named = new Map<string, Customer>()
  const tree = where ? { where: await namingSurvivors(ctx, where, named) } : {}
  const catalogue = fields(ctx)
  const query = preparedSearch(ctx, { plural: list.noun, singular }, catalogue, { ...search, ...tree }, `-${list.day}`)
  const { sources, inSight } = await sourcesOf(ctx, list, query, named)
  const rows = new Map((await inSight([...(await readSources(ctx, list, sources, limits)).values()])).map((row) => [row.id, row]))
  const wanted = allBits(query.words)
  const isFound = (row: T) => bitsOf(query.words, { texts: texts(row).flatMap((text) => (text ? [folded(text)] : [])) }) === wanted
  const searched = {
    entity: list.entity,
    catalogue,
    isMasked: () => false,
    shownMasked: () => true,
    cardText: (row: CardRow) => (isFound((row as DocumentRow<T>).document) ? yes : no),
    recordText: isFound,
    inSight: (found: T[]) => rowsInSight(ctx, found),
    held: (id: string) => rows.get(id),
  }
  return runSearch(ctx, query, searched, limits, async (each) => {
    for (const document of rows.values()) each({ id: document.id, parts: [], place: {}, document } as DocumentRow<T>)
  })
}
