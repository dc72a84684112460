import type { Context } from '../../kernel/context.ts'
import { Problem } from '../../kernel/errors.ts'
import { instantOperators } from '../../kernel/instant-range.ts'
import { type Filter, type ListInput, type Page, requireServed } from '../../kernel/paging.ts'
import { askedFor, rowsInSight } from '../../parties/index.ts'
import { type Entity, recordOf } from '../../store/entity.ts'
import type { Item } from '../../store/item.ts'
import type { KeyParts } from '../../store/keys.ts'
import type { Range } from '../../store/query.ts'
import { findInOrder } from '../../store/read.ts'
import type { OwnedDocument } from './owned-document.ts'

/** What is listed: without its lines, with the products that they name. */
export type ListedDocument = OwnedDocument & { goods?: string | undefined }

/** How the documents of a noun stand in its lists. */
export interface DocumentList<T extends ListedDocument, S extends string> {
  noun: string
  entity: Entity<T>
  /** The business date by which they are listed. */
  day: keyof T & string
  statuses: readonly S[]
  /** Those that are listed when none is asked for. */
  usual: readonly S[]
  /** The status as it is shown today. */
  statusOf(ctx: Context, document: T): S
  /** Those of one customer, by creation. */
  of(customerId: string): Range
  /** Partitions of the lists of a status: of all, and of an owner. Several statuses may share one. */
  all(status: S): KeyParts
  owned(ownerId: string, status: S): KeyParts
  /** Filters that one index serves together, beside those of one customer. */
  ways: readonly (readonly string[])[]
  /** The address of the search, which takes any field. */
  search: string
  /** Those with a number; one of the numbers of the firm unless said. */
  byNumber?(ctx: Context, number: string): Promise<T[]>
  /** What its own filters find; undefined for those that all documents have. */
  byOwnFilter?(ctx: Context, input: ListInput): Promise<Page<T>> | undefined
}

export const dayOperators = ['eq', 'lt', 'lte', 'gt', 'gte', 'between'] as const

/** What every list of documents filters by, besides its day. */
export const documentFilters = {
  status: ['eq', 'in'],
  ownerId: ['eq', 'in'],
  customerId: ['eq'],
  productId: ['eq'],
  createdAt: instantOperators,
  number: ['eq'],
  externalId: ['eq'],
} as const

/** The list under one customer. */
export const customerDocumentList = {
  filters: { status: ['eq', 'in'], createdAt: instantOperators, productId: ['eq'] },
  sorts: ['-createdAt', 'createdAt'],
} as const

const ofCustomerWays = ['customerId', 'status', 'createdAt', 'productId']
const ofCustomerOnly = ['createdAt', 'productId']

/** 400 for filters that no index serves together. */
export function requireWays(filter: Filter, { ways, search }: Pick<DocumentList<never, never>, 'ways' | 'search'>): void {
  const alone = filter.customerId ? [] : ofCustomerOnly.filter((field) => filter[field])
  if (alone.length > 0)
    throw new Problem(
      'malformed',
      'filter.unsupported',
      `By ${alone.join(' and ')} the list serves one customer: name it with customerId. POST ${search} takes any field, in any order.`,
    )
  requireServed(filter, [...ways, ofCustomerWays], search)
}

/** The statuses that a filter asks for; 400 for one that there is not. */
export function statusesOf<S extends string>(
  filter: Filter,
  { statuses }: { statuses: readonly S[] },
  usual: readonly S[] = statuses,
): readonly S[] {
  const asked = askedFor(filter, 'status') ?? usual
  if (asked.every((status) => (statuses as readonly string[]).includes(status))) return asked as S[]
  throw new Problem('malformed', 'filter.invalid', `filter[status] wants one of ${statuses.join(', ')}.`)
}

/** 400 for an order in which these filters are not listed. */
export function requireSort({ sort }: ListInput, by: string): void {
  if (sort.replace(/^-/, '') === by) return
  throw new Problem('malformed', 'sort.unsupported', `With these filters the list sorts by ${by} and -${by}, not by ${sort}.`)
}

/** Items of a list as rows. */
export const rowsOf = <T extends ListedDocument>({ entity }: { entity: Entity<T> }, items: Item[]): T[] =>
  items.map((item) => recordOf(entity, item))

/** The ranges that hold the documents of these statuses: of all, or of some owners. */
export function rangesOfDay<T extends ListedDocument, S extends string>(
  { all, owned }: DocumentList<T, S>,
  whose: 'all' | readonly string[],
  statuses: readonly S[],
  common: Omit<Range, 'partition' | 'index'>,
): Range[] {
  const range = (index: 'gsi1' | 'gsi2', partition: KeyParts): Range => ({ ...common, index, partition })
  const ranges = statuses.flatMap((status) =>
    whose === 'all' ? [range('gsi1', all(status))] : whose.map((ownerId) => range('gsi2', owned(ownerId, status))),
  )
  return [...new Map(ranges.map((one) => [one.partition.join('\n'), one])).values()]
}

/** One page of those with these ids, in their order, as far as the caller sees them. */
export async function pageOfIds<T extends ListedDocument>(ctx: Context, entity: Entity<T>, ids: readonly string[]): Promise<T[]> {
  return rowsInSight(ctx, await findInOrder(ctx, entity, ids))
}
