import type { Context } from '../../kernel/context.ts'
import { Problem } from '../../kernel/errors.ts'
import { firstIdAt } from '../../kernel/ids.ts'
import { instantOperators, instantRange } from '../../kernel/instant-range.ts'
import { type Filter, type ListInput, type Page, requireServed } from '../../kernel/paging.ts'
import { askedFor, asThingsOf, dueRange, rangesOf, rowsInSight, visibleCustomer, whoseLists } from '../../parties/index.ts'
import { type Entity, recordOf } from '../../store/entity.ts'
import type { KeyParts } from '../../store/keys.ts'
import { listPage } from '../../store/list.ts'
import type { Item, Range } from '../../store/query.ts'
import { findMany } from '../../store/read.ts'
import { mayHold } from './goods.ts'
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

/** 400 for filters that no index serves together: `ways` are those of all documents, beside the list of one customer. */
export function requireWays(filter: Filter, ways: readonly (readonly string[])[], search: string): void {
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

/** The documents of one customer by creation, of the statuses that are asked for, else of all. */
export async function pageOfCustomer<T extends ListedDocument, S extends string>(
  ctx: Context,
  list: DocumentList<T, S>,
  input: ListInput,
): Promise<Page<T>> {
  requireSort(input, 'createdAt')
  const { noun, entity, of } = list
  const { filter } = input
  const wanted = statusesOf(filter, list)
  const customer = await visibleCustomer(ctx, filter.customerId!.eq!)
  const [name] = of(customer.id).prefix!
  const span = instantRange(filter, 'createdAt', (instant) => `${name}#${firstIdAt(entity.prefix, instant)}`)
  const ranges = rangesOf(customer, (id) => ({ ...of(id), ...span, reverse: input.sort === '-createdAt' }))
  const page = await listPage(ctx, noun, ranges, input)
  const rows = asThingsOf(customer, rowsOf(list, page.data)).filter((row) => wanted.includes(list.statusOf(ctx, row)))
  return { ...page, data: filter.productId ? await withProduct(ctx, entity, rows, filter.productId.eq!) : rows }
}

/** Those that name the product; the few with more products than a row holds are read whole. */
async function withProduct<T extends ListedDocument>(ctx: Context, entity: Entity<T>, rows: T[], productId: string): Promise<T[]> {
  const likely = rows.filter((row) => mayHold(row, productId) !== false)
  const open = likely.filter((row) => mayHold(row, productId) === undefined).map(({ id }) => ({ entity, id }))
  const whole = open.length > 0 ? await findMany(ctx, open) : new Map()
  const names = (id: string) => (whole.get(id) as { lines?: { productId?: string }[] } | undefined)?.lines ?? []
  return likely.filter((row) => !whole.has(row.id) || names(row.id).some((line) => line.productId === productId))
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

/** Documents by their day, of all (gsi1) or of the owners that the caller sees (gsi2). */
export async function pageByDay<T extends ListedDocument, S extends string>(
  ctx: Context,
  list: DocumentList<T, S>,
  input: ListInput,
): Promise<Page<T>> {
  const { day, noun } = list
  requireSort(input, day)
  const { filter } = input
  const wanted = statusesOf(filter, list, list.usual)
  const whose = await whoseLists(ctx, filter, 'ownerId')
  const common = { ...dueRange(filter, day), reverse: input.sort === `-${day}` }
  const page = await listPage(ctx, noun, rangesOfDay(list, whose, wanted, common), input)
  const rows = rowsOf(list, page.data).filter((row) => wanted.includes(list.statusOf(ctx, row)))
  return { ...page, data: await rowsInSight(ctx, rows) }
}

/** One page of those with these ids, in their order, as far as the caller sees them. */
export async function pageOfIds<T extends ListedDocument>(ctx: Context, entity: Entity<T>, ids: readonly string[]): Promise<T[]> {
  const found =
    ids.length > 0
      ? await findMany(
          ctx,
          ids.map((id) => ({ entity, id })),
        )
      : new Map()
  return rowsInSight(
    ctx,
    ids.flatMap((id) => (found.get(id) as T | undefined) ?? []),
  )
}
