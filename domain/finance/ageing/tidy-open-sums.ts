import type { Context } from '../../kernel/context.ts'
import { queryAll } from '../../store/query.ts'
import { numbersOf } from '../../store/tally.ts'
import { tryWrite } from '../../store/try-write.ts'
import { allSums } from './open-sums.ts'

interface Sums extends Record<string, unknown> {
  pk: string
  sk: string
}

/**
 * Takes away the months of which nothing is open any more, whoever's, so that the sums do not grow with the years: once a day, since
 * what was paid in full today may be owed again tomorrow. One that filled since it was read stays.
 */
export async function tidyOpenSums(ctx: Context): Promise<void> {
  for (const item of await queryAll<Sums>(ctx, allSums)) {
    if (Object.values(numbersOf(item)).some((value) => value !== 0)) continue
    const asSeen = { condition: '#v = :v', names: { '#v': 'v' }, values: { ':v': item.v } }
    await tryWrite(ctx, { pk: item.pk, sk: item.sk, delete: true, ...asSeen })
  }
}
