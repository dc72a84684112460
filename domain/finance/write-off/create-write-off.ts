import type * as z from 'zod'
import { WriteOffPosted, WriteOffReversed } from '../../../events/finance.ts'
import type { Context } from '../../kernel/context.ts'
import { invalid } from '../../kernel/errors.ts'
import { minor } from '../../kernel/money.ts'
import type { ListInput, Page } from '../../kernel/paging.ts'
import { commit } from '../../store/commit.ts'
import { recordOfBooks } from '../access.ts'
import { enterCredit } from '../settlement/enter-credit.ts'
import { listCredits } from '../settlement/list-credits.ts'
import type { Share } from '../settlement/plan-allocations.ts'
import { endSource, enteredFacts, type Reversal, type SourceKind } from '../settlement/source-kind.ts'
import { writeOffs } from './write-off.table.ts'
import type { CreateWriteOff, WriteOff } from './write-off.ts'

/** How write-offs are reversed. They are nothing but their allocations, so these are not changed one by one. */
const writeOffSource: SourceKind<WriteOff> = {
  noun: 'write-off',
  entity: writeOffs,
  read: (ctx, id) => recordOfBooks(ctx, writeOffs, id, { toPost: true }),
  issuedOn: ({ issuedOn }) => issuedOn,
  events: { reversed: WriteOffReversed },
}

/** A write-off is on its day and gives up all of its amount: 422 `write-off.before-issued`, `write-off.not-allocated`. */
function requireWhole(amount: number, issuedOn: string, shares: Share[]): void {
  const early = shares.findIndex(({ on }) => on !== issuedOn)
  if (early >= 0)
    throw invalid(
      'write-off.other-day',
      `/allocations/${early}`,
      'A write-off counts on its own day, from the date of issue of what it gives up.',
    )
  if (shares.reduce((sum, { units }) => sum + units, 0) !== amount)
    throw invalid('write-off.not-allocated', '/amount', 'A write-off gives up what is owed: allocate all of its amount.')
}

/** Gives up receivables as lost (坏账核销). */
export async function createWriteOff(ctx: Context, input: z.output<typeof CreateWriteOff>): Promise<WriteOff> {
  const { allocations: _shares, allocate: _way, ...own } = input
  const check = (shares: Share[]) => requireWhole(minor(input.amount), input.issuedOn, shares)
  const entered = await enterCredit<WriteOff>(ctx, {
    prefix: 'wof',
    number: 'writeOff',
    posting: 'write-off',
    input,
    check,
    own: own as Partial<WriteOff>,
  })
  const { after, writes, shares, customer } = entered
  const subject = { type: 'write-off', id: after.id, customerId: customer.id }
  return commit(ctx, [writeOffs.create(after), ...writes], [WriteOffPosted(subject, enteredFacts(after, after.issuedOn, shares))])
}

/** A write-off of a customer that the caller sees; 404 for any other. */
export const getWriteOff = async (ctx: Context, { id }: { id: string }): Promise<WriteOff> =>
  (await recordOfBooks(ctx, writeOffs, id)).record

/** Write-offs by date of issue, the latest first unless asked otherwise. */
export const listWriteOffs = (ctx: Context, input: ListInput): Promise<Page<WriteOff>> =>
  listCredits(ctx, writeOffs, 'writeOff-number', input)

/** Takes a write-off back: what it gave up is owed again. */
export const reverseWriteOff = (ctx: Context, reversal: Reversal): Promise<WriteOff> =>
  endSource(ctx, writeOffSource, reversal, { how: 'reversed', event: WriteOffReversed })
