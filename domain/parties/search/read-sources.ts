import type { Context } from '../../kernel/context.ts'
import { unpacked } from '../../kernel/packed.ts'
import { readCards } from '../../store/card.ts'
import type { KeyParts } from '../../store/keys.ts'
import type { CardRow, Place } from './fields.ts'
import { type SearchLimits, TooManyCards } from './limits.ts'

/** A partition of cards that all belong to one place. */
export interface Source {
  partition: KeyParts
  place: Place
}

/** How many cards the search has read; one for the whole of it. */
export interface Meter {
  read: number
  limits: SearchLimits
}

const atOnce = 8

/** Reads partitions of cards side by side and hands each card on. 422 `search.too-large` above the limit. */
export async function readSources(
  ctx: Context,
  meter: Meter,
  prefix: string,
  sources: readonly Source[],
  each: (row: CardRow) => void,
): Promise<void> {
  const waiting = [...sources]
  const work = async () => {
    for (let source = waiting.shift(); source; source = waiting.shift()) {
      const { partition, place } = source
      await readCards(ctx, partition, (page) => {
        meter.read += page.length
        if (meter.read > meter.limits.cards) throw new TooManyCards(meter.limits)
        for (const { sk, text } of page) each({ id: `${prefix}_${sk}`, parts: unpacked(text), place })
      })
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
}
