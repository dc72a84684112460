import type { Context } from '../kernel/context.ts'
import { type Count, countKey } from './count.ts'
import { readItems } from './read-items.ts'

/** Several numbers as they stand, in their order, in one call; 0 when nothing was ever counted. Consistent. */
export async function readCounts(ctx: Context, counts: readonly Count[]): Promise<number[]> {
  const items = await readItems(ctx, counts.map(countKey), { consistent: true })
  return items.map((item) => Number(item?.n ?? 0))
}
