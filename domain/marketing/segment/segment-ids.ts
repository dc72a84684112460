import { knownUsers, visibleOwners } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { invalid, Problem } from '../../kernel/errors.ts'
import type { Tree } from '../../kernel/search-tree.ts'
import { type Contact, contacts, rowsInSight, type SearchLimits, searchPeople, TooManyCards } from '../../parties/index.ts'
import { findInOrder, get } from '../../store/read.ts'
import { loadCriteria } from './criteria.ts'
import { segments } from './segment.table.ts'
import { membersOf, type Segment } from './segment.ts'

/** How deep segments exclude one another. */
const deepest = 5

/** Who is meant, saved or not. */
export type Meant = Pick<Segment, 'where' | 'includeContactIds' | 'excludeContactIds' | 'excludeSegmentIds'>

/** A part of everybody: the people of the customers of one owner, or of those that lie in the pools. Everybody is in exactly one. */
interface Slice {
  ownerId: string | null
}

const isOf = ({ ownerId }: Slice): Tree =>
  ownerId === null ? { field: 'ownerId', op: 'isNull', value: true } : { field: 'ownerId', op: 'eq', value: ownerId }

/** The contacts of a list, of those the caller sees. */
export async function contactsBy(ctx: Context, ids: readonly string[]): Promise<Contact[]> {
  return rowsInSight(ctx, await findInOrder(ctx, contacts, ids))
}

async function found(ctx: Context, where: Tree, { slice, inOneSearch, known = new Map(), limits, judged }: Part): Promise<string[]> {
  const criteria = await once(known, `criteria ${JSON.stringify(where)}`, () => loadCriteria(ctx, where))
  try {
    return await searchPeople(ctx, slice ? { and: [where, isOf(slice)] } : where, criteria, limits, judged)
  } catch (error) {
    if (error instanceof TooManyCards && inOneSearch) throw error
    if (error instanceof TooManyCards && !slice) return bySlices(ctx, where, { known, limits, judged })
    if (!(error instanceof Problem) || error.code !== 'search.too-large') throw error
    throw invalid('segment.not-served', '/where', `No index serves this segment. ${error.message}`)
  }
}

/** Everybody whom a tree finds, where one search cannot judge them all: one slice after the other. */
async function bySlices(ctx: Context, where: Tree, part: Part): Promise<string[]> {
  const ids: string[] = []
  for (const slice of await segmentSlices(ctx)) for (const id of await found(ctx, where, { ...part, slice })) ids.push(id)
  return ids.sort()
}

/** What does not differ from slice to slice, read once for all of them. */
export type Known = Map<string, Promise<unknown>>

interface Part {
  slice?: Slice | undefined
  /** Fails with TooManyCards instead of taking one slice after the other. */
  inOneSearch?: boolean | undefined
  known?: Known | undefined
  /** How much one search may read. */
  limits?: SearchLimits | undefined
  /** To which the cards that were judged are added. */
  judged?: { cards: number } | undefined
}

function once<T>(known: Known, what: string, read: () => Promise<T>): Promise<T> {
  const reading = known.get(what) ?? read()
  known.set(what, reading)
  return reading as Promise<T>
}

/**
 * The ids of the people in a segment as it is now, of those the caller sees, in a fixed order; with a slice those of that part. It
 * reads cards, not records (docs/search.md), of a large firm those of one owner after another. 422 `segment.nested` for segments that exclude one another in a ring,
 * `segment.not-served` where too many records, or too many cards of one owner, would have to be read.
 */
export async function segmentIds(
  ctx: Context,
  { where, includeContactIds = [], excludeContactIds = [], excludeSegmentIds = [] }: Meant,
  { slice, inOneSearch, known = new Map(), limits, judged }: Part = {},
  depth = 0,
): Promise<string[]> {
  if (depth > deepest)
    throw invalid('segment.nested', '/excludeSegmentIds', `Segments exclude one another more than ${deepest} deep, or in a ring.`)
  const [ids, listed] = await Promise.all([
    where ? found(ctx, where, { slice, inOneSearch, known, limits, judged }) : [],
    once(known, `listed ${includeContactIds}`, () => contactsBy(ctx, includeContactIds)),
  ])
  const excluded = new Set(excludeContactIds)
  for (const id of excludeSegmentIds) {
    const other = await once(known, id, () => get(ctx, segments, id))
    for (const member of await segmentIds(ctx, other, { slice, inOneSearch, known, limits, judged }, depth + 1)) excluded.add(member)
  }
  const included = slice ? listed.filter(({ ownerId }) => (ownerId ?? null) === slice.ownerId) : listed
  return membersOf(
    ids,
    included.map(({ id }) => id),
    excluded,
  )
}

/** The parts of everybody whom the caller sees: a job that takes a large segment takes one of them at a time. */
export async function segmentSlices(ctx: Context): Promise<Slice[]> {
  const owners = await visibleOwners(ctx)
  const all = owners === 'all' ? (await knownUsers(ctx)).map(({ id }) => id) : [...owners]
  return [...all.sort().map((ownerId) => ({ ownerId })), { ownerId: null }]
}
