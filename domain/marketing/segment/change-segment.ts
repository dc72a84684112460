import type * as z from 'zod'
import { SegmentChanged, SegmentCreated, SegmentDeleted } from '../../../events/marketing.ts'
import type { Context } from '../../kernel/context.ts'
import { invalid, notFound } from '../../kernel/errors.ts'
import { changedFields, compact, mergePatch } from '../../kernel/merge-patch.ts'
import type { ListInput, ListSpec, Page } from '../../kernel/paging.ts'
import { requireDistinct } from '../../kernel/parse-input.ts'
import { commit } from '../../store/commit.ts'
import { recordOf } from '../../store/entity.ts'
import { listPage } from '../../store/list.ts'
import { findMany, get } from '../../store/read.ts'
import { newRecord, requireVersion } from '../../store/record.ts'
import { checkCriteria } from './criteria.ts'
import { allSegments, segments } from './segment.table.ts'
import { type ChangeSegment, type CreateSegment, type Segment, SegmentRecord } from './segment.ts'
import { contactsBy } from './segment-ids.ts'

const subjectOf = (id: string) => ({ type: 'segment', id })

/** Who is meant, saved or not. */
type Asked = Pick<Segment, 'where' | 'includeContactIds' | 'excludeContactIds' | 'excludeSegmentIds'> & { id?: string }

/** 422 for a tree that cannot be searched, for nobody at all, for lists with an entry twice; 404 for a segment there is not. */
export async function requireSound(
  ctx: Context,
  { id, where, includeContactIds = [], excludeContactIds = [], excludeSegmentIds = [] }: Asked,
) {
  if (!where && includeContactIds.length === 0)
    throw invalid('segment.empty', '/where', 'A segment needs a search (where) or a list of people (includeContactIds).')
  if (where) await checkCriteria(ctx, where)
  requireDistinct(includeContactIds, '/includeContactIds')
  requireDistinct(excludeContactIds, '/excludeContactIds')
  requireDistinct(excludeSegmentIds, '/excludeSegmentIds')
  if (id && excludeSegmentIds.includes(id)) throw invalid('segment.nested', '/excludeSegmentIds', 'A segment cannot exclude itself.')
  const others = await findMany(
    ctx,
    excludeSegmentIds.map((other) => ({ entity: segments, id: other })),
  )
  const missing = excludeSegmentIds.findIndex((other) => !others.has(other))
  if (missing >= 0) throw notFound('segment', `/excludeSegmentIds/${missing}`)
}

type Lists = Pick<Segment, 'includeContactIds' | 'excludeContactIds'>

/** 404 at its place for somebody whom the caller does not see. Who was in a list before may have been deleted since. */
async function requireSeen(ctx: Context, lists: Lists, before: Lists = {}): Promise<void> {
  for (const name of ['includeContactIds', 'excludeContactIds'] as const) {
    const known = new Set(before[name])
    const added = (lists[name] ?? []).filter((id) => !known.has(id))
    const seen = new Set((await contactsBy(ctx, added)).map(({ id }) => id))
    const missing = added.find((id) => !seen.has(id))
    if (missing !== undefined) throw notFound('contact', `/${name}/${lists[name]!.indexOf(missing)}`)
  }
}

/** Saves a segment, checked as if it were run. */
export async function createSegment(ctx: Context, input: z.output<typeof CreateSegment>): Promise<Segment> {
  const segment = { ...compact(input), ...newRecord(ctx, 'seg') } as Segment
  await requireSound(ctx, segment)
  await requireSeen(ctx, segment)
  return commit(ctx, [segments.create(segment)], [SegmentCreated(subjectOf(segment.id), {})])
}

/** Changes a segment by merge patch; a tree takes the place of the former one as a whole. Campaigns under way keep their audience. */
export async function changeSegment(
  ctx: Context,
  { id, changes, ifMatch }: { id: string; changes: z.output<typeof ChangeSegment>; ifMatch?: string | undefined },
): Promise<Segment> {
  const before = await get(ctx, segments, id, { consistent: true })
  requireVersion(before, ifMatch)
  const { where: former, ...rest } = before
  const { where, ...others } = changes
  const tree = where === undefined ? former : (where ?? undefined)
  const after = { ...mergePatch(SegmentRecord, rest, others), ...(tree ? { where: tree } : {}) }
  await requireSound(ctx, after)
  await requireSeen(ctx, after, before)
  const changed = changedFields(before, after)
  if (changed.length === 0) return before
  return commit(ctx, [segments.replace(ctx, before, after)], [SegmentChanged(subjectOf(id), { changed })])
}

/** Deletes a segment. A draft that names it is not launched any more: 409 `campaign.no-segment`. */
export async function deleteSegment(ctx: Context, { id, ifMatch }: { id: string; ifMatch?: string | undefined }): Promise<void> {
  const segment = await get(ctx, segments, id, { consistent: true })
  requireVersion(segment, ifMatch)
  await commit(ctx, [segments.remove(segment)], [SegmentDeleted(subjectOf(id), {})])
}

/** 404 `segment.not-found`. */
export const getSegment = (ctx: Context, { id }: { id: string }): Promise<Segment> => get(ctx, segments, id)

export const segmentList = { filters: {}, sorts: ['-createdAt', 'createdAt'] } as const satisfies ListSpec

/** All segments, without their lists of people. */
export async function listSegments(ctx: Context, input: ListInput): Promise<Page<Segment>> {
  const range = { partition: allSegments, from: 'seg_', to: 'seg_~', reverse: input.sort === '-createdAt' }
  const page = await listPage(ctx, 'segments', [range], input)
  return { ...page, data: page.data.map((item) => recordOf(segments, item)) }
}
