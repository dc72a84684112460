import type { Write } from '../../store/write.ts'
import { type Commitment, changeCommitment, orderedBy } from './commitment.ts'
import { changeCredit } from './credit-item.ts'

/** Changes a commitment that was read, and with it what is only ordered in the credit of its partition. */
export const moveCommitment = (of: string, before: Commitment, by: Partial<Commitment>): Write[] => [
  changeCommitment(of, before, by),
  changeCredit(of, { ordered: orderedBy(before, by) }),
]
