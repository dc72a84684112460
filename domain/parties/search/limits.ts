import { Problem } from '../../kernel/errors.ts'
import type { NounFields } from './fields.ts'

/** How much one search may read; what goes beyond is refused, never answered in part (docs/search.md). */
export interface SearchLimits {
  /** Cards judged. */
  cards: number
  /** Records read whole, because their cards do not say whether they match. */
  records: number
  /** Activities judged. */
  activities: number
}

export const searchLimits: SearchLimits = { cards: 200_000, records: 3_000, activities: 10_000 }

const refused = (detail: string) => new Problem('invalid', 'search.too-large', detail)

/** More cards than one search judges: whoever can take the customers of one owner after those of another, goes on that way. */
export class TooManyCards extends Problem {
  constructor({ cards }: SearchLimits) {
    super(
      'invalid',
      'search.too-large',
      `One search judges at most ${cards} cards, and this one would read more. Narrow it to some owners with a comparison of ownerId (eq or in) that must hold, or leave the public pools out with ownerId isNull false.`,
    )
  }
}

/** Names the fields of the tree that are not on the card, and those that are. */
export function tooManyRecords<T>({ records }: SearchLimits, catalogue: NounFields<T>, used: readonly string[]): Problem {
  const off = [...new Set(used)].filter((field) => !catalogue[field]?.card)
  const on = Object.keys(catalogue).filter((field) => catalogue[field]!.card)
  const byOwner = catalogue.ownerId ? ', or narrow the search by ownerId' : ''
  const why =
    off.length > 0
      ? `${off.join(', ')} ${off.length === 1 ? 'is' : 'are'} not on the search cards`
      : 'many of them are too long for their cards'
  return refused(
    `More than ${records} records would have to be read whole, since ${why}. Add a comparison that must hold with one of ${on.join(', ')}${byOwner}.`,
  )
}

/** 422 `search.too-large`, with how to narrow it. */
export const tooManyActivities = ({ activities }: SearchLimits): Problem =>
  refused(
    `One search judges at most ${activities} activities, and this one would read more. Narrow it with a comparison that must hold: of at (gte, lt, between), of customerId (eq), or of authorId (eq or in).`,
  )
