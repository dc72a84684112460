import type { Context } from '../../kernel/context.ts'
import { searchLimits, TooManyCards } from '../../parties/index.ts'
import { type Known, type Meant, segmentIds, segmentSlices } from './segment-ids.ts'

/** What one function takes on: people found, and cards judged. */
export interface Portion {
  people: number
  cards: number
}

/** The portion of one function, to the end of a slice: a larger segment, or firm, takes several messages of a queue, one after the other. */
export const mostAtOnce: Portion = { people: 100_000, cards: 200_000 }

/** Some people of a segment; `next` is the slice that is to be looked through next, undefined when these were the last. */
interface SomePeople {
  ids: string[]
  next?: number
}

/** The people of a segment slice by slice from one on, until it is enough, or no slice is left. */
export async function peopleFrom(ctx: Context, meant: Meant, from: number, most: Portion): Promise<SomePeople> {
  const [slices, known] = [await segmentSlices(ctx), new Map() as Known]
  const ids: string[] = []
  const judged = { cards: 0 }
  for (let at = from; at < slices.length; at++) {
    ids.push(...(await segmentIds(ctx, meant, { slice: slices[at], known, judged })))
    const isEnough = ids.length >= most.people || judged.cards >= most.cards
    if (isEnough && at + 1 < slices.length) return { ids, next: at + 1 }
  }
  return { ids }
}

/** All people of a segment where one search of a portion finds them, in the order of their ids; else those of the first slices. */
export async function firstPeople(ctx: Context, meant: Meant, most: Portion): Promise<SomePeople> {
  return (await peopleOfOneSearch(ctx, meant, most)) ?? peopleFrom(ctx, meant, 0, most)
}

/** All people of a segment in the order of their ids; undefined in a firm of which one search would judge more cards than that. */
export async function peopleOfOneSearch(ctx: Context, meant: Meant, { cards }: Portion): Promise<{ ids: string[] } | undefined> {
  try {
    return { ids: await segmentIds(ctx, meant, { inOneSearch: true, limits: { ...searchLimits, cards } }) }
  } catch (error) {
    if (error instanceof TooManyCards) return undefined
    throw error
  }
}
