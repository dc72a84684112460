import type { Actor, Context } from '../../kernel/context.ts'
import { StaleWrite } from '../../kernel/errors.ts'
import { type ItemKey, itemKey } from '../../store/entity-definition.ts'
import { readItems } from '../../store/read-items.ts'
import { ttlAttribute } from '../../store/table.ts'
import { tryWrite } from '../../store/try-write.ts'
import type { Write } from '../../store/write.ts'
import { allSegments } from './segment.table.ts'

/** How far the people of a large segment were counted, of those whom one person sees. */
export interface SegmentCounting {
  segmentId: string
  /** Of the segment, when the count began. */
  version: number
  by: Pick<Actor, 'kind' | 'id' | 'userId'>
  count: number
  mailable: number
  sampled: number
  startedAt: string
  at: string
  /** The slice that is to be counted next; undefined when none is left. */
  next?: number | undefined
}

/** A count is asked for anew after that; it is nobody's record. */
const keptSeconds = 24 * 60 * 60

const countKey = (segmentId: string, actorId: string): ItemKey => ({ pk: allSegments, sk: ['COUNT', segmentId, actorId] })

const itemOf = ({ by, next, ...rest }: SegmentCounting) => ({
  entity: 'segment-count',
  schema: 1,
  ...rest,
  by: { kind: by.kind, id: by.id, ...(by.userId ? { userId: by.userId } : {}) },
  ...(next === undefined ? {} : { next }),
  [ttlAttribute]: Math.floor(Date.parse(rest.at) / 1000) + keptSeconds,
})

/** Access pattern: how far somebody's count of a segment came; 1 RRU, consistent. */
export async function findCounting(ctx: Context, segmentId: string, actorId: string): Promise<SegmentCounting | undefined> {
  const [item] = await readItems(ctx, [countKey(segmentId, actorId)], { consistent: true })
  if (!item) return undefined
  const { entity: _entity, schema: _schema, [ttlAttribute]: _end, pk: _pk, sk: _sk, ...counting } = item
  const by = counting.by as SegmentCounting['by']
  return { ...counting, by: { ...by, userId: by.userId ?? null } } as SegmentCounting
}

/** Part of a commit: a count begins, in the place of a former one. */
export const beginCounting = (counting: SegmentCounting): Write<SegmentCounting> => ({
  result: counting,
  actions: (ctx) => [
    {
      ...itemKey(ctx, countKey(counting.segmentId, counting.by.id)),
      put: { Item: itemOf(counting) },
      condition: 'attribute_not_exists(pk) OR #at < :at',
      names: { '#at': 'at' },
      values: { ':at': counting.at },
      onFail: () => new StaleWrite(),
    },
  ],
})

/** Access pattern: a count comes further; 1 WRU. False when another worker was there first, or the count began anew. */
export async function countFurther(ctx: Context, before: SegmentCounting, after: SegmentCounting): Promise<boolean> {
  const { written } = await tryWrite(ctx, {
    ...itemKey(ctx, countKey(before.segmentId, before.by.id)),
    put: { Item: itemOf(after) },
    condition: '#startedAt = :startedAt AND #next = :next',
    names: { '#startedAt': 'startedAt', '#next': 'next' },
    values: { ':startedAt': before.startedAt, ':next': before.next },
  })
  return written
}
