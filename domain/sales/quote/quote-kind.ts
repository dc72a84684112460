import type { RecordKind } from '../../kernel/record-kind.ts'
import { changeQuote, createQuote, deleteQuote, getQuote } from './change-quote.ts'
import { ChangeQuote, CreateQuote, type Quote } from './quote.ts'

export const quoteKind: RecordKind<Quote> = {
  name: 'quotes',
  noun: 'quote',
  Create: CreateQuote,
  Change: ChangeQuote,
  permissions: { read: 'quotes.read', write: 'quotes.write', remove: 'quotes.write' },
  get: getQuote,
  create: createQuote,
  change: changeQuote,
  remove: deleteQuote,
}
