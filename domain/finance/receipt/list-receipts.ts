import type { Context } from '../../kernel/context.ts'
import { Problem } from '../../kernel/errors.ts'
import { type ListInput, type ListSpec, type Page, requireServed } from '../../kernel/paging.ts'
import { dueRange, idsOfDays, rangesOf, whoseLists } from '../../parties/index.ts'
import { recordOf } from '../../store/entity.ts'
import { findByExternalId } from '../../store/external-id.ts'
import { findGuarded } from '../../store/guard.ts'
import type { Item } from '../../store/item.ts'
import { listPage } from '../../store/list.ts'
import type { Range } from '../../store/query.ts'
import { find, findMany } from '../../store/read.ts'
import { customerOfBooks } from '../access.ts'
import { allReceipts, receipts, receiptsIn, receiptsOfOwner, waitingReceipts } from './receipt.table.ts'
import type { Receipt } from './receipt.ts'
import { receiptsInSight } from './receipt-access.ts'

const sorts = ['-receivedOn', 'receivedOn'] as const
const receivedOn = ['eq', 'lt', 'lte', 'gt', 'gte', 'between'] as const

export const receiptList = {
  filters: { customerId: ['eq'], ownerId: ['eq', 'in'], status: ['eq'], receivedOn, number: ['eq'], externalId: ['eq'] },
  sorts,
} as const satisfies ListSpec

/** The list under one customer. */
export const customerReceiptList = { filters: { receivedOn }, sorts } as const satisfies ListSpec

const ways = [['ownerId', 'receivedOn'], ['customerId', 'receivedOn'], ['status', 'receivedOn'], ['number'], ['externalId']]

async function byId(ctx: Context, id: string | undefined): Promise<Page<Receipt>> {
  const found = id ? await find(ctx, receipts, id) : undefined
  return { data: await receiptsInSight(ctx, found ? [found] : []), page: { next: null } }
}

/** What a partition points to is read from where it lies. */
export async function readPointed(ctx: Context, items: Item[]): Promise<Receipt[]> {
  const pointed = items.flatMap((item) => (item.entity === 'pointer' ? [{ entity: receipts, id: item.ref as string }] : []))
  const found = await findMany(ctx, pointed)
  return items.flatMap((item) =>
    item.entity === 'pointer' ? ((found.get(item.ref as string) as Receipt | undefined) ?? []) : recordOf(receipts, item),
  )
}

async function rangesFor(ctx: Context, input: ListInput): Promise<Range[]> {
  const { filter } = input
  const reverse = input.sort === '-receivedOn'
  const common = { ...dueRange(filter, 'receivedOn', idsOfDays('rct')), reverse }
  if (filter.customerId?.eq !== undefined) {
    const customer = await customerOfBooks(ctx, filter.customerId.eq)
    return rangesOf(customer, (id) => ({ ...receiptsIn(id), ...dueRange(filter, 'receivedOn', idsOfDays('rct', 'RCT#')), reverse }))
  }
  if (filter.status) {
    if (filter.status.eq !== 'waiting')
      throw new Problem('malformed', 'filter.invalid', 'filter[status] wants waiting: money of which nobody knows who paid it.')
    return [{ ...common, index: 'gsi2', partition: waitingReceipts }]
  }
  const whose = await whoseLists(ctx, filter, 'ownerId')
  if (whose === 'all') return [{ ...common, index: 'gsi1', partition: allReceipts }]
  return whose.map((ownerId) => ({ ...common, index: 'gsi2', partition: receiptsOfOwner(ownerId) }))
}

/**
 * Receipts by the day they were received, the latest first unless asked otherwise: all (gsi1), of the owners the caller sees,
 * merged, or those that wait for their customer (gsi2), of one customer; by number or externalId at most one.
 */
export async function listReceipts(ctx: Context, input: ListInput): Promise<Page<Receipt>> {
  const { number, externalId } = input.filter
  requireServed(input.filter, ways)
  if (number?.eq !== undefined) return byId(ctx, await findGuarded(ctx, 'receipt-number', number.eq))
  if (externalId?.eq !== undefined) return byId(ctx, await findByExternalId(ctx, 'receipt', externalId.eq))
  const page = await listPage(ctx, 'receipts', await rangesFor(ctx, input), input)
  return { ...page, data: await receiptsInSight(ctx, await readPointed(ctx, page.data)) }
}
