import { SegmentCountAsked } from '../../../events/marketing.ts'
import { actorAgain } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { customers } from '../../parties/index.ts'
import { commit } from '../../store/commit.ts'
import { find, findParents, get } from '../../store/read.ts'
import { isOptedOut } from '../delivery/recipients.ts'
import { requireSound } from './change-segment.ts'
import { segments } from './segment.table.ts'
import { beginCounting, countFurther, findCounting, type SegmentCounting } from './segment-count.table.ts'
import { contactsBy, type Meant } from './segment-ids.ts'
import { firstPeople, mostAtOnce, peopleFrom } from './segment-portions.ts'

const sample = 1000
/** A finished count of a large segment is given again for so long: it took many functions. */
const freshMs = 60 * 60 * 1000
/** A count that came no further for so long has died. */
const deadMs = 20 * 60 * 1000

/** How many people of a segment were found so far, and how many of a sample can be mailed. */
async function counted(ctx: Context, meant: Meant, most = mostAtOnce) {
  const { ids, next } = await firstPeople(ctx, meant, most)
  const looked = await contactsBy(ctx, [...ids].sort().slice(0, sample))
  const firms = await findParents(
    ctx,
    customers,
    looked.map(({ id }) => id),
  )
  const mailable = looked.filter((contact) => contact.email !== undefined && !isOptedOut(contact, firms.get(contact.id)))
  return { looked, next, count: ids.length, mailable: mailable.length, sampled: looked.length }
}

const shown = ({ count, mailable, sampled, next, at }: Pick<SegmentCounting, 'count' | 'mailable' | 'sampled' | 'next' | 'at'>) => ({
  count,
  mailable,
  sampled,
  complete: next === undefined,
  countedAt: at,
})

const isOfUse = ({ at, next }: SegmentCounting, now: string): boolean =>
  Date.parse(now) - Date.parse(at) < (next === undefined ? freshMs : deadMs)

/**
 * How many people are in a segment, of those the caller sees. Where one function cannot look through them all the answer is how far it
 * came, the rest is counted by messages of a queue, a portion each, and who asks again is told how far that is.
 */
export async function countSegment(ctx: Context, { id }: { id: string }, most = mostAtOnce) {
  const [segment, known] = await Promise.all([get(ctx, segments, id), findCounting(ctx, id, ctx.actor.id)])
  if (known?.version === segment.version && isOfUse(known, ctx.now())) return shown(known)
  const { looked: _looked, ...found } = await counted(ctx, segment, most)
  const at = ctx.now()
  if (found.next === undefined) return shown({ ...found, at })
  const { kind, id: actorId, userId } = ctx.actor
  const counting = { ...found, segmentId: id, version: segment.version, by: { kind, id: actorId, userId }, startedAt: at, at }
  await commit(ctx, [beginCounting(counting)], [SegmentCountAsked({ type: 'segment', id }, { by: actorId })])
  return shown(counting)
}

/** A count that goes on: what `count-segment` is sent. */
interface CountWork {
  tenantId: string
  segmentId: string
  by: string
}

/**
 * Counts the next portion of a segment as whoever asked sees it by now. Answers whether more is to be counted; a message that comes
 * twice counts nothing twice. It ends early when the segment was changed, or whoever asked has no access any more.
 */
export async function countPortion(ctx: Context, { segmentId, by }: CountWork, most = mostAtOnce): Promise<boolean> {
  const before = await findCounting(ctx, segmentId, by)
  if (before?.next === undefined) return false
  const [actor, segment] = await Promise.all([actorAgain(ctx, before.by), find(ctx, segments, segmentId)])
  if (!actor || segment?.version !== before.version) return false
  const { ids, next } = await peopleFrom({ ...ctx, actor }, segment, before.next, most)
  const after: SegmentCounting = { ...before, count: before.count + ids.length, at: ctx.now(), next }
  return (await countFurther(ctx, before, after)) && next !== undefined
}

const shownPeople = 10

/** The same of a segment that nobody has saved, with the first of its people; of a large firm only of a part. Fails as saving it would. */
export async function previewSegment(ctx: Context, meant: Meant, most = mostAtOnce) {
  await requireSound(ctx, meant)
  const { looked, ...found } = await counted(ctx, meant, most)
  return { ...shown({ ...found, at: ctx.now() }), data: looked.slice(0, shownPeople) }
}
