import type { Context } from '../../kernel/context.ts'
import { absent } from '../../kernel/packed.ts'
import { comparable } from '../../kernel/search-fields.ts'
import { hidden, judgeRows, type Lookup, type Seen } from '../../kernel/search-judge.ts'
import { allOf, type Judge, yes } from '../../kernel/search-tree.ts'
import type { EntityDefinition, Stored } from '../../store/entity-definition.ts'
import { findMany } from '../../store/read.ts'
import type { CardRow, NounFields } from './fields.ts'
import { type SearchLimits, tooManyRecords } from './limits.ts'
import { cursorBehind, leavesOf, type Prepared } from './prepare-search.ts'
import { type Collector, collect, orderBy, sortValue } from './sort.ts'

/** One page of a search, with the number of all matches. */
export interface SearchPage<T> {
  data: T[]
  page: { next: string | null }
  total: number
  /** The ids of the page, or of all matches when only ids were asked for. */
  ids: string[]
  fields: readonly string[] | undefined
}

/** How a noun is searched: by its cards, and by the whole record where a card does not say. */
export interface Searched<T extends Stored> {
  entity: EntityDefinition<T>
  catalogue: NounFields<T>
  /** True for a record of which the caller sees only what the pool shows. */
  isMasked(record: T): boolean
  /** True for a field that the pool shows. */
  shownMasked(field: string): boolean
  /** Whether the words of the search are found. */
  cardText: Judge<CardRow>
  recordText(record: T): boolean
  /** The rows that the caller sees, as they are now. */
  inSight(rows: T[]): Promise<T[]>
  /** What of a record was read while it was searched, where the answer holds no more. */
  held?(id: string): T | undefined
}

/** How fields of cards are looked up: what the card does not hold is `absent`, what the pool hides is `hidden`. */
const cardLookup =
  <T extends Stored>({ catalogue, shownMasked }: Searched<T>): Lookup<CardRow> =>
  (field) => {
    const { card } = catalogue[field]!
    const isShown = shownMasked(field)
    return (row) => (row.place.masked && !isShown ? hidden : card ? card(row) : absent)
  }

/** How fields of whole records are looked up. */
export const recordLookup =
  <T extends Stored>({ catalogue, isMasked, shownMasked }: Pick<Searched<T>, 'catalogue' | 'isMasked' | 'shownMasked'>): Lookup<T> =>
  (field) => {
    const known = catalogue[field]!
    const isShown = shownMasked(field)
    return (record) => (!isShown && isMasked(record) ? hidden : comparable(known, known.of(record)))
  }

/** What is to be done with each row that matches. */
const adder = <R extends { id: string }>(query: Prepared, lookup: Lookup<R>, collector: Collector) => {
  const looks = query.keys.map(({ field }) => lookup(field))
  return {
    /** False when the row does not hold a value it sorts by. */
    add(row: R): boolean {
      const seen: Seen[] = looks.map((look) => look(row))
      if (seen.includes(absent)) return false
      collector.add({ id: row.id, values: seen.map(sortValue) })
      return true
    },
  }
}

/**
 * Judges cards as they are read, then reads whole the records of those that say neither yes nor no, and answers the page.
 * `read` hands over every card once. 422 `search.too-large` when too many records would have to be read.
 */
export async function runSearch<T extends Stored>(
  ctx: Context,
  query: Prepared,
  searched: Searched<T>,
  limits: SearchLimits,
  read: (each: (row: CardRow) => void) => Promise<void>,
): Promise<SearchPage<T>> {
  const collector = collect(orderBy(query.keys), query.limit + 1, query.after)
  const ofCards = cardLookup(searched)
  const judge = allOf([...(query.words.length > 0 ? [searched.cardText] : []), ...(query.where ? [judgeRows(query.where, ofCards)] : [])])
  const cards = adder(query, ofCards, collector)
  const unsure: string[] = []
  await read((row) => {
    const truth = judge(row)
    if (!(truth & yes) || (truth === yes && cards.add(row))) return
    unsure.push(row.id)
    if (unsure.length > limits.records)
      throw tooManyRecords(
        limits,
        searched.catalogue,
        [...leavesOf(query.where), ...query.keys].map(({ field }) => field),
      )
  })
  const known = await addRecords(ctx, query, searched, collector, unsure)
  return pageOf(ctx, query, searched, collector, known)
}

/** Judges whole records and adds those that match. */
export function judgeRecords<T extends Stored>(
  query: Prepared,
  searched: Pick<Searched<T>, 'catalogue' | 'isMasked' | 'shownMasked' | 'recordText'>,
  collector: Collector,
  records: Iterable<T>,
): T[] {
  const lookup = recordLookup(searched)
  const judge = query.where ? judgeRows(query.where, lookup) : undefined
  const matches = adder(query, lookup, collector)
  const matching: T[] = []
  for (const record of records) {
    if (query.words.length > 0 && !searched.recordText(record)) continue
    if (judge && judge(record) !== yes) continue
    matches.add(record)
    matching.push(record)
  }
  return matching
}

async function addRecords<T extends Stored>(ctx: Context, query: Prepared, searched: Searched<T>, collector: Collector, ids: string[]) {
  if (ids.length === 0) return new Map<string, T>()
  const found = (await findMany(
    ctx,
    ids.map((id) => ({ entity: searched.entity, id })),
  )) as Map<string, T>
  judgeRecords(query, searched, collector, await searched.inSight([...found.values()]))
  return found
}

async function pageOf<T extends Stored>(
  ctx: Context,
  query: Prepared,
  { entity, inSight, held = () => undefined }: Searched<T>,
  collector: Collector,
  known: Map<string, T>,
): Promise<SearchPage<T>> {
  const { total, rows } = collector.found()
  const page = rows.slice(0, query.limit)
  const ids = page.map(({ id }) => id)
  if (query.idsOnly) return { data: [], page: { next: null }, total, ids, fields: undefined }
  const at = (id: string) => known.get(id) ?? held(id)
  const missing = ids.filter((id) => !at(id)).map((id) => ({ entity, id }))
  const found = (await findMany(ctx, missing)) as Map<string, T>
  const data = await inSight(ids.flatMap((id) => at(id) ?? found.get(id) ?? []))
  const next = rows.length > query.limit ? cursorBehind(ctx, query, page.at(-1)!) : null
  return { data, page: { next }, total, ids, fields: query.fields }
}
