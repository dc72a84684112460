import type * as z from 'zod'
import type { PublishedEvent } from '../../../events/define.ts'
import { CreditNoteAllocated, CreditNoteIssued, CreditNoteReversed, CreditNoteUnallocated } from '../../../events/finance.ts'
import type { Context } from '../../kernel/context.ts'
import type { ListInput, Page } from '../../kernel/paging.ts'
import { commit } from '../../store/commit.ts'
import type { Write } from '../../store/write.ts'
import { recordOfBooks } from '../access.ts'
import { enterCredit } from '../settlement/enter-credit.ts'
import { listCredits } from '../settlement/list-credits.ts'
import { endSource, enteredFacts, type Reversal, type SourceKind } from '../settlement/source-kind.ts'
import { creditNotes } from './credit-note.table.ts'
import type { CreateCreditNote, CreditNote } from './credit-note.ts'

/** How credit notes are allocated, un-allocated and reversed. */
export const creditNoteSource: SourceKind<CreditNote> = {
  noun: 'credit-note',
  entity: creditNotes,
  read: (ctx, id) => recordOfBooks(ctx, creditNotes, id, { toPost: true }),
  issuedOn: ({ issuedOn }) => issuedOn,
  orderId: ({ orderId }) => orderId,
  events: { allocated: CreditNoteAllocated, unallocated: CreditNoteUnallocated, reversed: CreditNoteReversed },
}

/** A credit note as part of a commit: the writes, the note's own first, and its event. */
export async function newCreditNote(
  ctx: Context,
  input: z.output<typeof CreateCreditNote>,
): Promise<{ writes: [Write<CreditNote>, ...Write[]]; event: PublishedEvent }> {
  const { allocations: _shares, allocate: _way, ...own } = input
  const entered = await enterCredit<CreditNote>(ctx, {
    prefix: 'crn',
    number: 'creditNote',
    posting: 'credit-note',
    input,
    own: own as Partial<CreditNote>,
  })
  const { after, writes, shares, customer } = entered
  const subject = { type: 'credit-note', id: after.id, customerId: customer.id }
  return {
    writes: [creditNotes.create(after), ...writes],
    event: CreditNoteIssued(subject, enteredFacts(after, after.issuedOn, shares)),
  }
}

/** Credits a customer (红字): settles what is owed, and what is left waits to be used. */
export async function createCreditNote(ctx: Context, input: z.output<typeof CreateCreditNote>): Promise<CreditNote> {
  const { writes, event } = await newCreditNote(ctx, input)
  return commit(ctx, writes, [event])
}

/** A credit note of a customer that the caller sees; 404 for any other. */
export const getCreditNote = async (ctx: Context, { id }: { id: string }): Promise<CreditNote> =>
  (await recordOfBooks(ctx, creditNotes, id)).record

/** Credit notes by date of issue, the latest first unless asked otherwise. */
export const listCreditNotes = (ctx: Context, input: ListInput): Promise<Page<CreditNote>> =>
  listCredits(ctx, creditNotes, 'creditNote-number', input)

/** Takes a credit note out of the books. */
export const reverseCreditNote = (ctx: Context, reversal: Reversal): Promise<CreditNote> =>
  endSource(ctx, creditNoteSource, reversal, { how: 'reversed', event: CreditNoteReversed })
