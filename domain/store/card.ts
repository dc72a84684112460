import type { Context } from '../kernel/context.ts'
import type { KeyParts } from './keys.ts'
import { readRaw } from './raw.ts'

/** The one attribute of a card besides its key. A card carries no entity type: every byte of it is read in every search. */
export const cardAttribute = 'c'

/** A card as it is read. */
interface StoredCard {
  sk: string
  text: string
}

interface RawCard {
  sk: { S: string }
  c: { S: string }
}

/** All cards of a partition, in pages of up to 1 MB. `take` gets each page; the reading ends when it throws. */
export const readCards = (ctx: Context, partition: KeyParts, take: (page: StoredCard[]) => void): Promise<void> =>
  readRaw<RawCard>(ctx, partition, ['sk', cardAttribute], (page) => take(page.map(({ sk, c }) => ({ sk: sk.S, text: c.S }))))
