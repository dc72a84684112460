import type { Context } from '../../kernel/context.ts'
import { postingsBetween } from './postings-between.ts'

/**
 * What became owed between two days, with tax, less what was taken back or credited, in minor units of the books: the sales
 * that DSO divides by.
 */
export async function invoicedBetween(
  ctx: Context,
  from: string,
  to: string,
  isSeen: (ownerId: string | undefined) => boolean,
): Promise<number> {
  let sum = 0
  for await (const page of postingsBetween(ctx, from, to))
    for (const { kind, ownerId, receivableBase, unallocatedBase } of page) {
      if (!isSeen(ownerId)) continue
      if (kind === 'opening' || kind === 'cancellation') sum += receivableBase
      else if (kind === 'credit-note') sum += receivableBase - unallocatedBase
    }
  return sum
}
