import { DuplicateCheckLimited } from '../../../events/parties.ts'
import type { Context } from '../../kernel/context.ts'
import { callerOf } from '../../kernel/context.ts'
import { Problem } from '../../kernel/errors.ts'
import { commit } from '../../store/commit.ts'
import { unstaged } from '../../store/staging.ts'
import { countUse } from '../../store/use.ts'
import type { DuplicateCandidate } from './duplicate-candidate.ts'

/**
 * How often customers out of the caller's sight are shown. A check leaves no trace in the book: more than a person types at a
 * trade fair, far less than it takes to list the customers of a firm. A refused create says less, since those that hit nothing
 * become customers for all to see.
 */
const limits = {
  check: { name: 'duplicate-check', perTenMinutes: 120, perDay: 600 },
  refusal: { name: 'duplicate-refusal', perTenMinutes: 1000, perDay: 3000 },
} as const

/**
 * Counts an answer that shows customers which the caller does not see otherwise, in one item per user and day: the log of who
 * looks how often. 429 `duplicate-check.rate-exceeded` at a rate at which customers could be mined, told to the audit trail
 * once in ten minutes. What shows nothing that is out of sight is neither counted nor held up, however often it is asked.
 */
export async function countHidden(ctx: Context, shown: readonly DuplicateCandidate[], kind: keyof typeof limits): Promise<void> {
  if (!shown.some(({ customerId }) => customerId === null)) return
  const { name, perTenMinutes, perDay } = limits[kind]
  const now = Date.parse(ctx.now())
  const userId = callerOf(ctx)
  const { window, day } = await countUse(ctx, { name, of: userId, at: now })
  if (window <= perTenMinutes && day <= perDay) return
  if (window === perTenMinutes + 1 || (day === perDay + 1 && window <= perTenMinutes)) await told(ctx, { userId, window, day })
  const wait = day > perDay ? secondsLeft(now, 24 * 3600) : secondsLeft(now, 600)
  const often = day > perDay ? `${perDay} times in a day` : `${perTenMinutes} times in ten minutes`
  throw new Problem(
    'rate-limited',
    'duplicate-check.rate-exceeded',
    `Others' customers were shown to you as possible duplicates more than ${often}. Wait ${wait} seconds, or ask an admin to import a list.`,
    { retryable: true, headers: { 'retry-after': String(wait) } },
  )
}

/** Whatever else is done with the request: what is staged of an import's row goes with it, the event stays. */
async function told(ctx: Context, { userId, window, day }: { userId: string; window: number; day: number }): Promise<void> {
  const event = DuplicateCheckLimited({ type: 'user', id: userId }, { inTenMinutes: window, inDay: day })
  const { idempotency: _key, ...rest } = ctx
  await commit(unstaged(rest), [{ result: undefined, actions: () => [] }], [event])
}

const secondsLeft = (now: number, length: number) => length - (Math.floor(now / 1000) % length)
