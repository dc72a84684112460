import type { Context } from '../../kernel/context.ts'
import { firstIdAt } from '../../kernel/ids.ts'
import { instantRange } from '../../kernel/instant-range.ts'
import type { ListInput, Page } from '../../kernel/paging.ts'
import { asThingsOf, dueRange, pageByExternalId, rangesOf, rowsInSight, visibleCustomer, whoseLists } from '../../parties/index.ts'
import { findByNumber } from '../../platform/index.ts'
import type { Entity } from '../../store/entity.ts'
import { listPage } from '../../store/list.ts'
import { findMany } from '../../store/read.ts'
import { mayHold } from './goods.ts'
import {
  type DocumentList,
  type ListedDocument,
  pageOfIds,
  rangesOfDay,
  requireSort,
  requireWays,
  rowsOf,
  statusesOf,
} from './list-documents.ts'

/** The documents of one customer by creation, of the statuses that are asked for, else of all. */
async function pageOfCustomer<T extends ListedDocument, S extends string>(
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
  const whole = await findMany(ctx, open)
  const names = (id: string) => (whole.get(id) as { lines?: { productId?: string }[] } | undefined)?.lines ?? []
  return likely.filter((row) => !whole.has(row.id) || names(row.id).some((line) => line.productId === productId))
}

/** Documents by their day, of all (gsi1) or of the owners that the caller sees (gsi2). */
async function pageByDay<T extends ListedDocument, S extends string>(
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

async function byNumber<T extends ListedDocument, S extends string>(ctx: Context, list: DocumentList<T, S>, number: string): Promise<T[]> {
  if (list.byNumber) return list.byNumber(ctx, number)
  const id = await findByNumber(ctx, list.entity.type as Parameters<typeof findByNumber>[1], number)
  return pageOfIds(ctx, list.entity, id ? [id] : [])
}

/**
 * Documents by their business day, newest first unless asked otherwise: all (gsi1) or those of the owners the caller sees (gsi2), by
 * state; those of one customer by creation; by number or externalId. Rows are without lines. 400 for what no index serves.
 */
export async function pageOfDocuments<T extends ListedDocument, S extends string>(
  ctx: Context,
  list: DocumentList<T, S>,
  input: ListInput,
): Promise<Page<T>> {
  const { filter } = input
  requireWays(filter, list)
  if (filter.externalId?.eq !== undefined) return pageByExternalId(ctx, list.entity, filter.externalId.eq)
  if (filter.number?.eq !== undefined) return { data: await byNumber(ctx, list, filter.number.eq), page: { next: null } }
  if (filter.customerId) return pageOfCustomer(ctx, list, input)
  return list.byOwnFilter?.(ctx, input) ?? pageByDay(ctx, list, input)
}
