import type { Context } from '../../kernel/context.ts'
import { addDays, today } from '../../kernel/dates.ts'
import { Problem } from '../../kernel/errors.ts'
import { firstIdAt } from '../../kernel/ids.ts'
import { instantOperators, instantRange } from '../../kernel/instant-range.ts'
import { type Filter, type ListInput, type ListSpec, type Page, requireServed } from '../../kernel/paging.ts'
import {
  askedFor,
  asThingsOf,
  dueRange,
  endOfDay,
  pageByExternalId,
  rangesOf,
  rowsInSight,
  visibleCustomer,
  whoseLists,
} from '../../parties/index.ts'
import { recordOf } from '../../store/entity.ts'
import { findGuarded } from '../../store/guard.ts'
import { listPage } from '../../store/list.ts'
import type { Item, Range } from '../../store/query.ts'
import { find, findMany } from '../../store/read.ts'
import { quotes, quotesIn, quotesOf, quotesOfOwner, sentQuotes, sentQuotesOf } from './quote.table.ts'
import { type Quote, QuoteStatus, quoteStatuses, type StoredStatus } from './quote.ts'
import { statusOn } from './rules.ts'

const days = ['eq', 'lt', 'lte', 'gt', 'gte', 'between'] as const

export const quoteList = {
  filters: {
    status: ['eq', 'in'],
    ownerId: ['eq', 'in'],
    quotedOn: days,
    validUntil: days,
    customerId: ['eq'],
    createdAt: instantOperators,
    number: ['eq'],
    externalId: ['eq'],
  },
  sorts: ['-quotedOn', 'quotedOn', '-createdAt', 'createdAt', '-validUntil', 'validUntil'],
  defaultSort: (filter: Filter) => (filter.customerId ? '-createdAt' : isByEnd(filter) ? 'validUntil' : '-quotedOn'),
} as const satisfies ListSpec

/** The list under one customer. */
export const customerQuoteList = {
  filters: { status: ['eq', 'in'], createdAt: instantOperators },
  sorts: ['-createdAt', 'createdAt'],
} as const satisfies ListSpec

const ways = [
  ['status', 'ownerId', 'quotedOn'],
  ['status', 'ownerId', 'validUntil'],
  ['customerId', 'status', 'createdAt'],
  ['number'],
  ['externalId'],
]

/** Sent or expired alone, or by the last day: found by that day. */
function isByEnd(filter: Filter): boolean {
  const { status } = filter
  return filter.validUntil !== undefined || (status?.in === undefined && (status?.eq === 'sent' || status?.eq === 'expired'))
}

function statusesOf(filter: Filter): readonly QuoteStatus[] {
  const asked = askedFor(filter, 'status') ?? quoteStatuses.filter((status) => status !== 'superseded')
  if (asked.every((status) => QuoteStatus.safeParse(status).success)) return asked as QuoteStatus[]
  throw new Problem('malformed', 'filter.invalid', `filter[status] wants one of ${quoteStatuses.join(', ')}.`)
}

function requireSort({ sort }: ListInput, by: 'quotedOn' | 'createdAt' | 'validUntil'): void {
  if (sort.endsWith(by)) return
  throw new Problem('malformed', 'sort.unsupported', `With these filters the list sorts by ${by} and -${by}, not by ${sort}.`)
}

const stored = (wanted: readonly QuoteStatus[]): StoredStatus[] => [
  ...new Set(wanted.map((status): StoredStatus => (status === 'expired' ? 'sent' : status))),
]

async function ofCustomer(ctx: Context, customerId: string, input: ListInput): Promise<Page<Quote>> {
  requireSort(input, 'createdAt')
  const wanted = input.filter.status ? statusesOf(input.filter) : quoteStatuses
  const customer = await visibleCustomer(ctx, customerId)
  const span = instantRange(input.filter, 'createdAt', (instant) => `QUO#${firstIdAt('quo', instant)}`)
  const ranges = rangesOf(customer, (id) => ({ ...quotesOf(id), ...span, reverse: input.sort === '-createdAt' }))
  const page = await listPage(ctx, 'quotes', ranges, input)
  const rows = page.data.map((item) => recordOf(quotes, item)).filter((quote) => wanted.includes(statusOn(quote, today(ctx))))
  return { ...page, data: asThingsOf(customer, rows) }
}

/** All revisions of a number, the latest first. */
async function byNumber(ctx: Context, number: string): Promise<Page<Quote>> {
  const revisions: Quote[] = []
  for (let id = await findGuarded(ctx, 'quote-number', number); id; ) {
    const quote: Quote | undefined = await find(ctx, quotes, id)
    if (quote) revisions.unshift(quote)
    id = quote?.supersededById
  }
  return { data: await rowsInSight(ctx, revisions), page: { next: null } }
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
  const wanted: QuoteStatus[] = filter.status ? [...statusesOf(filter)] : ['sent', 'expired']
  if (wanted.some((status) => status !== 'sent' && status !== 'expired'))
    throw new Problem('malformed', 'filter.unsupported', 'By validUntil the list serves quotes that are sent or expired.')
  const whose = await whoseLists(ctx, filter, 'ownerId')
  const common = { ...endsOf(ctx, filter, wanted), reverse: input.sort === '-validUntil' }
  const ranges: Range[] =
    whose === 'all'
      ? [{ ...common, partition: sentQuotes }]
      : whose.map((ownerId) => ({ ...common, index: 'gsi2', partition: sentQuotesOf(ownerId) }))
  const page = await listPage(ctx, 'quotes', ranges, input)
  const ids = page.data.map((item: Item) => item.ref as string)
  const found =
    ids.length > 0
      ? await findMany(
          ctx,
          ids.map((id) => ({ entity: quotes, id })),
        )
      : new Map()
  const rows = ids.flatMap((id) => (found.get(id) as Quote | undefined) ?? [])
  return {
    ...page,
    data: await rowsInSight(
      ctx,
      rows.filter(({ status }) => status === 'sent'),
    ),
  }
}

/**
 * Quotes by quotedOn, newest first unless asked otherwise: all (gsi1) or those of the owners the caller sees (gsi2); what is sent
 * or expired by its last day; those of one customer by creation; by number or externalId. Superseded revisions only where the
 * status is asked for, or by customer or number. Rows are without lines.
 */
export async function listQuotes(ctx: Context, input: ListInput): Promise<Page<Quote>> {
  const { filter } = input
  requireServed(filter, ways)
  if (filter.externalId?.eq !== undefined) return pageByExternalId(ctx, quotes, filter.externalId.eq)
  if (filter.number?.eq !== undefined) return byNumber(ctx, filter.number.eq)
  if (filter.customerId?.eq !== undefined) return ofCustomer(ctx, filter.customerId.eq, input)
  if (isByEnd(filter) && !filter.quotedOn && !input.sort.endsWith('quotedOn')) return byEnd(ctx, input)
  requireSort(input, 'quotedOn')
  const wanted = statusesOf(filter)
  const whose = await whoseLists(ctx, filter, 'ownerId')
  const common = { ...dueRange(filter, 'quotedOn'), reverse: input.sort === '-quotedOn' }
  const ranges = stored(wanted).flatMap((status): Range[] =>
    whose === 'all'
      ? [{ ...common, index: 'gsi1', partition: quotesIn(status) }]
      : whose.map((ownerId) => ({ ...common, index: 'gsi2', partition: quotesOfOwner(ownerId, status) })),
  )
  const page = await listPage(ctx, 'quotes', ranges, input)
  const rows = page.data.map((item) => recordOf(quotes, item)).filter((quote) => wanted.includes(statusOn(quote, today(ctx))))
  return { ...page, data: await rowsInSight(ctx, rows) }
}
