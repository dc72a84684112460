import { customerPartition } from '../../parties/index.ts'
import type { ItemKey } from '../../store/entity-definition.ts'
import { exactly, type Numbers, tallyWrite } from '../../store/tally.ts'
import type { Write } from '../../store/write.ts'

/**
 * What a confirmed order or a direct shipment still adds to the exposure of its customer: its total less the receivables that it
 * has opened, never below zero. Both in minor units of the books' currency. It falls only in the transaction that opens a receivable.
 */
export interface Commitment {
  total: number
  opened: number
}

/** Beside the order or shipment, in the partition that its id names. */
export const commitmentKey = (of: string): ItemKey => ({ pk: customerPartition(of), sk: ['FCM', of] })

export const commitmentOf = ({ total = 0, opened = 0 }: Numbers): Commitment => ({ total, opened })

/** The part that is only ordered. */
export const openOf = ({ total, opened }: Commitment): number => Math.max(0, total - opened)

/** What a change of a commitment adds to the part that is only ordered. */
export const orderedBy = (before: Commitment, by: Partial<Commitment>): number =>
  openOf({ total: before.total + (by.total ?? 0), opened: before.opened + (by.opened ?? 0) }) - openOf(before)

/** Changes a commitment that was read; stale when somebody else did meanwhile, since what is ordered does not follow from sums alone. */
export function changeCommitment(of: string, before: Commitment, by: Partial<Commitment>): Write<void> {
  const { total = 0, opened = 0 } = by
  const limits = [exactly('total', before.total + total), exactly('opened', before.opened + opened)]
  const isChange = total !== 0 || opened !== 0
  return tallyWrite({ key: commitmentKey(of), add: { total, opened }, limits, ...(isChange ? { set: { entity: 'commitment' } } : {}) })
}
