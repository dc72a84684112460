import { customerPartition } from '../../parties/index.ts'
import type { ItemKey } from '../../store/entity.ts'

/** What a customer confirmed of a period, in one currency: the latest word stands. */
export interface StoredConfirmation {
  confirmedOn: string
  confirmedBy?: string
  confirmedAt: string
  closing: number
}

/** Access pattern: the confirmation of a period; one get. */
export const confirmationKey = (customerId: string, { from, to, currency }: { from: string; to: string; currency: string }): ItemKey => ({
  pk: customerPartition(customerId),
  sk: ['STM', to, from, currency],
})
