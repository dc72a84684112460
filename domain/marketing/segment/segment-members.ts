import type { Context } from '../../kernel/context.ts'
import { invalid } from '../../kernel/errors.ts'
import { binding, cursorAt, type ListInput, type ListSpec, type Page, positionOf } from '../../kernel/paging.ts'
import { type Contact, contacts, rowsInSight, searchPeople } from '../../parties/index.ts'
import { findMany, get } from '../../store/read.ts'
import { segments } from './segment.table.ts'
import { membersOf, type Segment } from './segment.ts'

/** How deep segments exclude one another. */
const deepest = 5

async function contactsBy(ctx: Context, ids: readonly string[]): Promise<Contact[]> {
  const found = await findMany(
    ctx,
    ids.map((id) => ({ entity: contacts, id })),
  )
  const rows = ids.flatMap((id) => (found.get(id) as Contact | undefined) ?? [])
  return rowsInSight(ctx, rows)
}

/**
 * The ids of the people in a segment as it is now, of those the caller sees, in a fixed order. It reads cards, not records
 * (docs/search.md). 422 `segment.nested` for segments that exclude one another in a ring.
 */
export async function segmentIds(ctx: Context, segment: Segment, depth = 0): Promise<string[]> {
  if (depth > deepest)
    throw invalid('segment.nested', '/excludeSegmentIds', `Segments exclude one another more than ${deepest} deep, or in a ring.`)
  const { where, includeContactIds = [], excludeContactIds = [], excludeSegmentIds = [] } = segment
  const [found, included] = await Promise.all([where ? searchPeople(ctx, where) : [], contactsBy(ctx, includeContactIds)])
  const excluded = new Set(excludeContactIds)
  for (const id of excludeSegmentIds) {
    const other = await get(ctx, segments, id)
    for (const member of await segmentIds(ctx, other, depth + 1)) excluded.add(member)
  }
  return membersOf(
    found,
    included.map(({ id }) => id),
    excluded,
  )
}

export const isMailable = ({ email, marketing }: Contact): boolean => email !== undefined && !marketing?.optedOut

const sample = 1000

/** How many people are in it, and how many of a sample can be mailed. */
export async function countSegment(ctx: Context, { id }: { id: string }) {
  const ids = await segmentIds(ctx, await get(ctx, segments, id))
  const looked = await contactsBy(ctx, ids.slice(0, sample))
  return { count: ids.length, mailable: looked.filter(isMailable).length, sampled: looked.length }
}

export const memberList = { filters: {}, sorts: ['createdAt'] } as const satisfies ListSpec

/** The people of a segment, the earliest made first. Each page judges the cards anew: who joins behind the cursor is found. */
export async function listMembers(ctx: Context, { id, ...input }: { id: string } & ListInput): Promise<Page<Contact>> {
  const bound = binding(ctx, `segments/${id}/members`, input)
  const after = positionOf(ctx, bound, input.cursor) ?? ''
  const ids = (await segmentIds(ctx, await get(ctx, segments, id))).filter((member) => member > after)
  const page = ids.slice(0, input.limit)
  const next = ids.length > page.length ? cursorAt(ctx, bound, page.at(-1)!) : null
  return { data: await contactsBy(ctx, page), page: { next } }
}
