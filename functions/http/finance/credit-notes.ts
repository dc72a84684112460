import {
  createCreditNote,
  creditNoteSource,
  getCreditNote,
  listCreditNotes,
  reverseCreditNote,
} from '../../../domain/finance/credit-note/create-credit-note.ts'
import {
  CreateCreditNote,
  CreditNote,
  type CreditNote as CreditNoteRecord,
  shownCreditNote,
} from '../../../domain/finance/credit-note/credit-note.ts'
import { creditList } from '../../../domain/finance/settlement/list-credits.ts'
import { allocateSource, unallocateSource } from '../../../domain/finance/settlement/source-kind.ts'
import type { Context } from '../../../domain/kernel/context.ts'
import { presented, type Route } from '../route.ts'
import { Allocating, Reversing, Unallocating } from './actions.ts'
import { creditNoteExample } from './examples.ts'

const present = (_ctx: Context, note: CreditNoteRecord) => shownCreditNote(note)
const read = { permission: 'credit-notes.read' as const, response: CreditNote, present }
const write = { permission: 'credit-notes.write' as const, response: CreditNote, present }

export const creditNoteRoutes: Route[] = [
  presented({
    ...read,
    method: 'GET',
    path: '/v1/credit-notes',
    summary: 'List credit notes',
    list: creditList,
    run: listCreditNotes,
  }),
  presented({
    ...write,
    method: 'POST',
    path: '/v1/credit-notes',
    summary: 'Issue a credit note',
    description:
      'Credits a customer (红字) and settles receivables with it where that is asked for; the rest waits to be used. Goods that come back make theirs by themselves.',
    body: CreateCreditNote,
    creates: true,
    example: { body: creditNoteExample },
    run: (ctx, input) => createCreditNote(ctx, input),
  }),
  presented({ ...read, method: 'GET', path: '/v1/credit-notes/{id}', summary: 'Get a credit note', run: getCreditNote }),
  presented({
    ...write,
    method: 'POST',
    path: '/v1/credit-notes/{id}/allocate',
    summary: 'Allocate a credit note',
    body: Allocating,
    example: { body: { allocate: 'oldest-first' } },
    run: (ctx, input) => allocateSource(ctx, creditNoteSource, input),
  }),
  presented({
    ...write,
    method: 'POST',
    path: '/v1/credit-notes/{id}/unallocate',
    summary: 'Take allocations of a credit note back',
    body: Unallocating,
    example: { body: {} },
    run: (ctx, input) => unallocateSource(ctx, creditNoteSource, input),
  }),
  presented({
    ...write,
    method: 'POST',
    path: '/v1/credit-notes/{id}/reverse',
    summary: 'Reverse a credit note',
    description: 'Takes it out of the books on a day: what it settled is owed again.',
    body: Reversing,
    example: { body: { reason: '开错客户' } },
    run: reverseCreditNote,
  }),
]
