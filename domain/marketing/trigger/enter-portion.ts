import { chunksOf } from '../../kernel/chunks.ts'
import type { Context } from '../../kernel/context.ts'
import type { Campaign } from '../campaign/campaign.ts'
import { type Known, type Meant, segmentIds, segmentSlices } from '../segment/segment-ids.ts'
import { mostAtOnce, type Portion, peopleOfOneSearch } from '../segment/segment-portions.ts'
import { type Entry, enter, notEntered } from './enter.ts'
import type { Trigger } from './trigger.ts'

/** How far a day was looked through by the messages before. */
export interface Looked {
  day: string
  /** Undefined while one search finds everybody. */
  slice?: number | undefined
  /** The contact of it who was dealt with last; where records point to the day, the place of the last of them. */
  after?: string | undefined
}

/** What one function takes on: people who enter with a transaction each, and cards judged, to the end of a slice. */
export const mostEntered: Portion = { people: 2000, cards: mostAtOnce.cards }

/** So many are looked up together, whether they entered before. */
export const together = 100

type Part = Pick<Looked, 'slice'> & { ids: string[]; isEnough: boolean }

/** Whom a tree finds from where the last message ended: in one search, or in a larger firm slice by slice. */
async function* partsFrom(ctx: Context, meant: Meant, { slice, after = '' }: Looked, most: Portion): AsyncGenerator<Part> {
  const all = slice === undefined ? await peopleOfOneSearch(ctx, meant, most) : undefined
  if (all) return void (yield { ids: all.ids.filter((id) => id > after), isEnough: false })
  const [slices, known, judged] = [await segmentSlices(ctx), new Map() as Known, { cards: 0 }]
  for (let at = slice ?? 0; at < slices.length; at++) {
    const ids = await segmentIds(ctx, meant, { slice: slices[at], known, judged })
    const isEnough = judged.cards >= most.cards && at + 1 < slices.length
    yield { slice: at, ids: at === slice ? ids.filter((id) => id > after) : ids, isEnough }
  }
}

/**
 * Takes in whom the tree of a trigger finds on a day, a portion of them, as `launcher` sees them; `next` is where the next message goes
 * on, undefined when these were the last. A message that comes twice takes in nobody twice.
 */
export async function enterPortion(
  ctx: Context,
  launcher: Context,
  campaign: Campaign,
  { where, everyDays }: Extract<Trigger, { on: 'day' }>,
  looked: Looked,
  { time, most = mostEntered }: { time?: string | undefined; most?: Portion } = {},
): Promise<{ next?: Looked }> {
  const { day } = looked
  let entered = 0
  for await (const { slice, ids, isEnough } of partsFrom(launcher, { where }, looked, most)) {
    let after = slice === looked.slice ? looked.after : undefined
    for (const some of chunksOf(ids, Math.min(together, most.people))) {
      if (entered >= most.people) return { next: { day, slice, after } }
      const entries = some.map(
        (contactId): Entry => ({ contactId, key: 'found', everyDays: everyDays ?? undefined, dueAt: ctx.now(), time }),
      )
      for (const one of await notEntered(ctx, campaign, entries)) if (await enter(ctx, campaign, one)) entered += 1
      after = some.at(-1)
    }
    if (isEnough) return { next: { day, slice: slice! + 1 } }
  }
  return {}
}
