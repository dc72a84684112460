import type { Tenant } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { addDays } from '../../kernel/dates.ts'
import { invalid } from '../../kernel/errors.ts'
import { minor } from '../../kernel/money.ts'
import type { Customer } from '../../parties/index.ts'
import { findInOrder } from '../../store/read.ts'
import { openReceivablesOf } from '../ledger/read-open.ts'
import { requireOpenDate } from '../period.ts'
import { receivables } from '../receivable/receivable.table.ts'
import { outstandingOf, type Receivable } from '../receivable/receivable.ts'
import { onFittingDays, type Share, type Wanted } from './fitting-days.ts'
import { aboveOutstanding } from './move-receivable.ts'
import { receivablesToSettle } from './read-receivables.ts'
import { type AllocationInput, mostAllocations, type Source } from './source.ts'

export type { Share }

export interface Wish {
  customer: Customer
  tenant: Tenant
  /** Business date and currency of the money, and what of it can be allocated. */
  on: string
  currency: string
  available: number
  /** Money or a credit that is in the books already. */
  source?: Source
  orderId?: string | undefined
  allocations?: AllocationInput[] | null | undefined
  allocate?: 'oldest-first' | null | undefined
}

const later = (a: string, b: string) => (a > b ? a : b)

/**
 * The day from which an allocation counts: the later of both documents' dates unless it says its own, which is not before it
 * (422 `allocation.too-early`). What would fall into closed books counts from the first day behind them.
 */
function countsFrom(ctx: Context, { tenant, on }: Wish, receivable: Receivable, given: string | null | undefined, pointer: string): string {
  const first = later(on, receivable.issuedOn)
  if (!given) return tenant.closedThrough && first <= tenant.closedThrough ? addDays(tenant.closedThrough, 1) : first
  if (given < first)
    throw invalid(
      'allocation.too-early',
      pointer,
      `It counts from ${first} at the earliest, when both the money and what is owed were there.`,
    )
  requireOpenDate(ctx, tenant, given, pointer)
  return given
}

async function namedShares(ctx: Context, wish: Wish, inputs: AllocationInput[]): Promise<Wanted[]> {
  const ids = inputs.map(({ receivableId }) => receivableId)
  const found = await receivablesToSettle(ctx, wish.customer, wish.currency, ids)
  return inputs.map(({ amount, allocatedOn }, i) => {
    const at = `/allocations/${i}`
    if (amount.currency !== wish.currency)
      throw invalid('allocation.currency-mismatch', `${at}/amount/currency`, `The money is in ${wish.currency}.`)
    const receivable = found[i]!
    if (minor(amount) > outstandingOf(receivable)) throw aboveOutstanding(receivable, `${at}/amount`)
    const on = countsFrom(ctx, wish, receivable, allocatedOn, `${at}/allocatedOn`)
    return { receivable, units: minor(amount), on, at: allocatedOn ? `${at}/allocatedOn` : undefined }
  })
}

/** What is due first, what belongs to the order that a deposit was paid for before the rest. */
async function oldestFirst(ctx: Context, wish: Wish): Promise<Wanted[]> {
  const open = (await openReceivablesOf(ctx, wish.customer)).filter(({ currency }) => currency === wish.currency)
  const ids = open.slice(0, wish.orderId ? mostRead : mostAllocations).map(({ id }) => id)
  const byDueDay = await findInOrder(ctx, receivables, ids, { consistent: true })
  const isFirst = ({ orderId }: Receivable) => wish.orderId !== undefined && orderId === wish.orderId
  const queue = [...byDueDay.filter(isFirst), ...byDueDay.filter((one) => !isFirst(one))].slice(0, mostAllocations)
  let left = wish.available
  return queue.flatMap((receivable) => {
    const units = Math.min(left, outstandingOf(receivable))
    left -= units
    return units > 0 ? [{ receivable, units, on: countsFrom(ctx, wish, receivable, undefined, '/allocate') }] : []
  })
}

const mostRead = 400

/**
 * What settles what, and from which day. 422 `allocation.both-ways` for named ones with `allocate`, `allocation.above-available` when they come to
 * more than there is, 409 `allocation.above-outstanding` when one is more than is owed.
 */
export async function planAllocations(ctx: Context, wish: Wish): Promise<Share[]> {
  const { allocations, allocate, available, source } = wish
  if (allocations?.length && allocate)
    throw invalid('allocation.both-ways', '/allocate', 'Name the receivables or have them found, not both.')
  if (allocate) return onFittingDays(ctx, source, await oldestFirst(ctx, wish))
  const units = (allocations ?? []).reduce((sum, { amount }) => sum + (amount.currency === wish.currency ? minor(amount) : 0), 0)
  if (units > available)
    throw invalid('allocation.above-available', '/allocations', 'The allocations come to more than the money that there is.')
  return allocations?.length ? onFittingDays(ctx, source, await namedShares(ctx, wish, allocations)) : []
}
