import { scopeOf } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { notFound, Problem } from '../../kernel/errors.ts'
import { type Customer, customers, customersInSight } from '../../parties/index.ts'
import { find, findWithin } from '../../store/read.ts'
import { customersOfBooks, keepsBooks } from '../access.ts'
import { homeOf } from '../settlement/source.ts'
import { receipts } from './receipt.table.ts'
import { isWaiting, type Receipt } from './receipt.ts'

/** A receipt as the caller may see it, with the customer once that is known; who sees all sees what waits. 404 otherwise. */
export async function seenReceipt(
  ctx: Context,
  id: string,
  options: { consistent?: boolean } = {},
): Promise<{ record: Receipt; customer?: Customer }> {
  const { record, parent } = await findWithin(ctx, receipts, customers, id, options)
  if (!record) throw notFound('receipt')
  const seesAll = scopeOf(ctx.actor) === 'all'
  if (isWaiting(record) && seesAll) return { record }
  const home = homeOf(record)
  const known = parent ?? (record.identifiedIn ? await find(ctx, customers, record.identifiedIn, options) : undefined)
  const customer = keepsBooks(ctx) ? known : (await customersInSight(ctx, [home])).get(home)
  if (isWaiting(record) || !customer) throw notFound('receipt')
  return { record: { ...record, customerId: customer.id }, customer }
}

/** A receipt that stands in a customer's books, to be posted to. 409 `receipt.waiting` while nobody knows who paid. */
export async function postedReceipt(ctx: Context, id: string): Promise<{ record: Receipt; customer: Customer }> {
  const { record, customer } = await seenReceipt(ctx, id, { consistent: true })
  if (!customer) throw new Problem('conflict', 'receipt.waiting', 'Nobody knows yet who paid this. Identify the customer first.')
  return { record, customer }
}

/** The rows of a list that the caller may see, as their customers'. */
export async function receiptsInSight(ctx: Context, rows: Receipt[]): Promise<Receipt[]> {
  const seesAll = scopeOf(ctx.actor) === 'all'
  const homes = rows.filter((row) => !isWaiting(row)).map(homeOf)
  const found = await customersOfBooks(ctx, homes)
  return rows.flatMap((row) => {
    if (isWaiting(row)) return seesAll ? [row] : []
    const customer = found.get(homeOf(row))
    return customer ? [{ ...row, customerId: customer.id }] : []
  })
}
