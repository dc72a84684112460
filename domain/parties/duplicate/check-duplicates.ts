import * as z from 'zod'
import type { Context } from '../../kernel/context.ts'
import { CreateCustomer, CustomerId } from '../customer/customer.ts'
import { shownCandidates } from './candidate.ts'
import { countHidden } from './check-limit.ts'
import { DuplicateCandidate } from './duplicate-candidate.ts'
import { duplicatesOf } from './find-duplicates.ts'

/** What is known of a customer that may be there already: the body of a create will do. */
export const CheckDuplicates = CreateCustomer.omit({ duplicateOverride: true })
  .extend({ customerId: CustomerId.nullish().meta({ description: 'A customer that is not to be found: the one that is being changed.' }) })
  .meta({ id: 'CheckDuplicates' })

export const DuplicateCandidates = z.object({ data: z.array(DuplicateCandidate) }).meta({ id: 'DuplicateCandidates' })

/**
 * Who may be the same as the customer described, best first, at most five. Of customers out of the caller's sight it says
 * only the name and whose they are. 429 `duplicate-check.rate-exceeded` at a mining rate.
 */
export async function checkDuplicates(
  ctx: Context,
  input: z.output<typeof CheckDuplicates>,
): Promise<z.output<typeof DuplicateCandidates>> {
  const { customerId, ...party } = input
  const { candidates } = await duplicatesOf(ctx, { ...party, ...(customerId ? { id: customerId } : {}) })
  const data = await shownCandidates(ctx, candidates)
  await countHidden(ctx, data, 'check')
  return { data }
}
