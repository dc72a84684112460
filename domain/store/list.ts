import type { Context } from '../kernel/context.ts'
import { binding, cursorAt, type ListInput, type Page, positionOf } from '../kernel/paging.ts'
import type { Item } from './item.ts'
import { queryPage, type Range } from './query.ts'

interface Source {
  range: Range
  buffer: Item[]
  more: boolean
  after: string | undefined
}

const sortKey = (range: Range) => (range.index ? `${range.index}sk` : 'sk')

async function refill(ctx: Context, source: Source, limit: number): Promise<void> {
  const { items, more } = await queryPage(ctx, source.range, { limit, after: source.after })
  source.buffer.push(...items)
  source.more = more
  source.after = (items.at(-1)?.[sortKey(source.range)] as string | undefined) ?? source.after
}

/**
 * The first `limit` items of several ranges merged into one order, e.g. the customers of everybody in a team. Each range
 * is read in small steps, so that little more is read than is answered. All ranges use the same index and direction.
 */
export async function mergedPage<I extends object = Item>(
  ctx: Context,
  ranges: Range[],
  limit: number,
  after: string | undefined,
): Promise<I[]> {
  const first = ranges[0]
  if (!first) return []
  const sk = sortKey(first)
  const sources: Source[] = ranges.map((range) => ({ range, buffer: [], more: true, after }))
  const items: Item[] = []
  while (items.length < limit) {
    const share = shareOf(sources, limit - items.length)
    await Promise.all(sources.filter((source) => source.buffer.length === 0 && source.more).map((source) => refill(ctx, source, share)))
    const next = nextSource(sources, sk, first.reverse ?? false)
    if (!next) break
    const item = next.buffer.shift()!
    // What moved from one range to another between two reads, or stands in both, stands in the list once.
    if (item[sk] !== items.at(-1)?.[sk]) items.push(item)
  }
  return items as I[]
}

/** What a range is asked for: its part of what is still missing and a little more; all of it when the other ranges have ended. */
function shareOf(sources: Source[], missing: number): number {
  const open = sources.filter((source) => source.buffer.length > 0 || source.more).length
  return open <= 1 ? missing : Math.min(missing, Math.ceil(missing / open) + 2)
}

function nextSource(sources: Source[], sk: string, reverse: boolean): Source | undefined {
  let best: Source | undefined
  for (const source of sources) {
    const head = source.buffer[0]?.[sk] as string | undefined
    const leader = best?.buffer[0]?.[sk] as string | undefined
    if (head !== undefined && (leader === undefined || (reverse ? head > leader : head < leader))) best = source
  }
  return best
}

/** One page of an API list: checks the cursor, reads the ranges, and answers the page with the cursor of the next. */
export async function listPage<I extends object = Item>(
  ctx: Context,
  operation: string,
  ranges: Range[],
  input: ListInput,
): Promise<Page<I>> {
  const bound = binding(ctx, operation, input)
  const after = positionOf(ctx, bound, input.cursor)
  // One more than asked for: only it tells whether there is a next page, and no list ends with an empty one.
  const items = await mergedPage(ctx, ranges, input.limit + 1, after)
  const data = items.slice(0, input.limit)
  const next = items.length > data.length ? cursorAt(ctx, bound, data.at(-1)![sortKey(ranges[0]!)] as string) : null
  return { data: data as I[], page: { next } }
}
