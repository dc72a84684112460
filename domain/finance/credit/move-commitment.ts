import type { Context } from '../../kernel/context.ts'
import { readTally } from '../../store/tally.ts'
import type { Write } from '../../store/write.ts'
import { type Commitment, changeCommitment, commitmentKey, commitmentOf, orderedBy } from './commitment.ts'
import { changeCredit } from './credit-item.ts'

/** Changes a commitment that was read, and with it what is only ordered in the credit of its partition. */
export const moveCommitment = (of: string, before: Commitment, by: Partial<Commitment>): Write[] => [
  changeCommitment(of, before, by),
  changeCredit(of, { ordered: orderedBy(before, by) }),
]

/** What is entered by hand for an order counts as opened by it (below zero: no more): the order adds so much less to the exposure of its customer. */
export async function openedByHand(ctx: Context, orderId: string | undefined, base: number): Promise<Write[]> {
  if (!orderId) return []
  return moveCommitment(orderId, commitmentOf(await readTally(ctx, commitmentKey(orderId))), { opened: base })
}
