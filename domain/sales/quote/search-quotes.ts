import type { Context } from '../../kernel/context.ts'
import { today } from '../../kernel/dates.ts'
import type { NounFields, Search, SearchPage } from '../../parties/index.ts'
import { documentFields, onRow } from '../document/document-fields.ts'
import { documentLimits, searchDocuments } from '../document/search-documents.ts'
import { listedQuotes } from './list-quotes.ts'
import { type Quote, quoteStatuses } from './quote.ts'
import { statusOn } from './rules.ts'

/** Fields by which quotes are searched; their status is that of today. */
const fieldsOn = (day: string): NounFields<Quote> => ({
  ...documentFields<Quote>(),
  status: onRow('option', (quote) => statusOn(quote, day), quoteStatuses),
  quotedOn: onRow('date', ({ quotedOn }) => quotedOn),
  validUntil: onRow('date', ({ validUntil }) => validUntil),
  contactId: onRow('id', ({ contactId }) => contactId),
  revision: onRow('number', ({ revision }) => revision),
  reusable: onRow('flag', ({ reusable }) => reusable),
  sentAt: onRow('instant', ({ sentAt }) => sentAt),
  'decision.customerPo': onRow('text', ({ decision }) => decision?.customerPo),
})

/** Searches quotes by any field, all revisions of them; `text` finds parts of number and externalId. */
export const searchQuotes = (ctx: Context, search: Omit<Search, 'viewId'>, limits = documentLimits): Promise<SearchPage<Quote>> =>
  searchDocuments(
    ctx,
    {
      list: listedQuotes,
      singular: 'quote',
      fields: () => fieldsOn(today(ctx)),
      texts: ({ number, externalId }) => [number, externalId],
    },
    search,
    limits,
  )
