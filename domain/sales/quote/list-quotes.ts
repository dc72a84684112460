import type { Context } from '../../kernel/context.ts'
import { addDays, today } from '../../kernel/dates.ts'
import { Problem } from '../../kernel/errors.ts'
import type { Filter, ListInput, ListSpec, Page } from '../../kernel/paging.ts'
import { dueRange, endOfDay, rowsInSight, whoseLists } from '../../parties/index.ts'
import { findGuarded } from '../../store/guard.ts'
import { listPage } from '../../store/list.ts'
import type { Range } from '../../store/query.ts'
import { find } from '../../store/read.ts'
import {
  customerDocumentList,
  type DocumentList,
  dayOperators,
  documentFilters,
  pageOfIds,
  requireSort,
  statusesOf,
} from '../document/list-documents.ts'
import { pageOfDocuments } from '../document/page-of-documents.ts'
import { quotes, quotesIn, quotesOf, quotesOfOwner, sentQuotes, sentQuotesOf } from './quote.table.ts'
import { type Quote, type QuoteStatus, quoteStatuses, type StoredStatus } from './quote.ts'
import { statusOn } from './rules.ts'

const search = '/v1/quotes/search'

export const quoteList = {
  filters: { ...documentFilters, quotedOn: dayOperators, validUntil: dayOperators },
  sorts: ['-quotedOn', 'quotedOn', '-createdAt', 'createdAt', '-validUntil', 'validUntil'],
  defaultSort: (filter: Filter) => (filter.customerId ? '-createdAt' : isByEnd(filter) ? 'validUntil' : '-quotedOn'),
  search,
} as const satisfies ListSpec

/** The list under one customer. */
export const customerQuoteList = { ...customerDocumentList, search } as const satisfies ListSpec

const stored = (status: QuoteStatus): StoredStatus => (status === 'expired' ? 'sent' : status)

/** Quotes in their lists. What a later revision took the place of is listed where it is asked for. */
export const listedQuotes: DocumentList<Quote, QuoteStatus> = {
  noun: 'quotes',
  entity: quotes,
  day: 'quotedOn',
  statuses: quoteStatuses,
  usual: quoteStatuses.filter((status) => status !== 'superseded'),
  statusOf: (ctx, quote) => statusOn(quote, today(ctx)),
  of: quotesOf,
  all: (status) => quotesIn(stored(status)),
  owned: (ownerId, status) => quotesOfOwner(ownerId, stored(status)),
  ways: [['status', 'ownerId', 'quotedOn'], ['status', 'ownerId', 'validUntil'], ['number'], ['externalId']],
  search,
  byNumber: revisionsOf,
  byOwnFilter: (ctx, input) => {
    const { filter, sort } = input
    return isByEnd(filter) && !filter.quotedOn && !sort.endsWith('quotedOn') ? byEnd(ctx, input) : undefined
  },
}

/** Sent or expired alone, or by the last day: found by that day. */
function isByEnd(filter: Filter): boolean {
  const { status } = filter
  return filter.validUntil !== undefined || (status?.in === undefined && (status?.eq === 'sent' || status?.eq === 'expired'))
}

/** All revisions of a number, the latest first. */
async function revisionsOf(ctx: Context, number: string): Promise<Quote[]> {
  const revisions: Quote[] = []
  for (let id = await findGuarded(ctx, 'quote-number', number); id; ) {
    const quote: Quote | undefined = await find(ctx, quotes, id)
    if (quote) revisions.unshift(quote)
    id = quote?.supersededById
  }
  return rowsInSight(ctx, revisions)
}

/** The days among which sent quotes of these statuses end. */
function endsOf(ctx: Context, filter: Filter, wanted: readonly QuoteStatus[]): { from?: string; to?: string } {
  const span = dueRange(filter, 'validUntil')
  const day = today(ctx)
  const [valid, ended] = [wanted.includes('sent'), wanted.includes('expired')]
  const from = valid && !ended && (span.from ?? '') < day ? day : span.from
  const last = endOfDay(addDays(day, -1))
  const to = ended && !valid && (span.to ?? '\uffff') > last ? last : span.to
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }
}

/** Sent and expired quotes by their last day: pointers, then the quotes themselves. */
async function byEnd(ctx: Context, input: ListInput): Promise<Page<Quote>> {
  requireSort(input, 'validUntil')
  const { filter } = input
  const wanted = statusesOf(filter, listedQuotes, ['sent', 'expired'])
  if (wanted.some((status) => status !== 'sent' && status !== 'expired'))
    throw new Problem('malformed', 'filter.unsupported', 'By validUntil the list serves quotes that are sent or expired.')
  const whose = await whoseLists(ctx, filter, 'ownerId')
  const common = { ...endsOf(ctx, filter, wanted), reverse: input.sort === '-validUntil' }
  const ranges: Range[] =
    whose === 'all'
      ? [{ ...common, partition: sentQuotes }]
      : whose.map((ownerId) => ({ ...common, index: 'gsi2', partition: sentQuotesOf(ownerId) }))
  const page = await listPage(ctx, 'quotes', ranges, input)
  const ids = page.data.map(({ ref }) => ref as string)
  return { ...page, data: (await pageOfIds(ctx, quotes, ids)).filter(({ status }) => status === 'sent') }
}

/** Quotes as all documents are listed, and what is sent or expired by its last day. Superseded revisions only where their status, customer or number is asked for. */
export const listQuotes = (ctx: Context, input: ListInput): Promise<Page<Quote>> => pageOfDocuments(ctx, listedQuotes, input)
