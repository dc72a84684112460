import type { Context } from '../../kernel/context.ts'
import type { Posting } from '../ledger/posting.ts'
import { postingsBetween } from '../ledger/read-postings.ts'

/** A credit note, or what takes one back; reversals of money are no sales. */
const isOfCreditNote = ({ kind, sourceId }: Posting): boolean =>
  kind === 'credit-note' || (kind === 'reversal' && sourceId?.startsWith('crn_') === true)

/**
 * What became owed between two days, with tax, less what was taken back or credited (a credit note that is reversed counts for nothing), in minor units of the books: the sales
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
    for (const posting of page) {
      const { kind, ownerId, receivableBase, unallocatedBase } = posting
      if (!isSeen(ownerId)) continue
      if (kind === 'opening' || kind === 'cancellation') sum += receivableBase
      else if (isOfCreditNote(posting)) sum += receivableBase - unallocatedBase
    }
  return sum
}
