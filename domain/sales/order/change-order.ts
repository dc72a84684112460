import type * as z from 'zod'
import { OrderChanged, OrderCreated, OrderDeleted } from '../../../events/sales.ts'
import { requireOwner } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { today } from '../../kernel/dates.ts'
import { invalid, Problem } from '../../kernel/errors.ts'
import { changedFields, compact, mergePatch } from '../../kernel/resource.ts'
import { step } from '../../kernel/states.ts'
import { type Customer, customers, visibleOfCustomer, writableCustomer, writableOfCustomer } from '../../parties/index.ts'
import { numberFor } from '../../platform/index.ts'
import { commit } from '../../store/commit.ts'
import { newRecord, requireVersion } from '../../store/entity.ts'
import { usuallyIncludesTax } from '../document/usual-tax.ts'
import { orders } from './order.table.ts'
import { type ChangeOrder, type CreateOrder, freeFields, isDraft, type Order, OrderRecord, orderStates } from './order.ts'
import { composeLines, pricedDraft } from './price-order.ts'

export const subjectOf = ({ id, customerId }: Pick<Order, 'id' | 'customerId'>) => ({ type: 'order', id, customerId })

type Input = z.output<typeof CreateOrder>

/** 422 `document.exchange-rate-missing` for a foreign currency without its rate, `-mismatch` for a rate of the firm's own. */
export function rateOf(ctx: Context, currency: string, given: string | null | undefined): string {
  if (currency === ctx.tenant.currency) {
    if (!given || given === '1') return '1'
    throw invalid('document.exchange-rate-mismatch', '/exchangeRate', 'This is the currency of the books: its rate is 1.')
  }
  if (given) return given
  throw invalid('document.exchange-rate-missing', '/exchangeRate', `Say what one ${currency} is worth in ${ctx.tenant.currency}.`)
}

/** What an order starts with: what was sent, what the customer has agreed, and what is usual. */
function draftOf(ctx: Context, customer: Customer, input: Omit<Input, 'lines' | 'instalments'>) {
  const currency = input.currency ?? ctx.tenant.currency
  return {
    ...(customer.paymentTerms ? { paymentTerms: customer.paymentTerms } : {}),
    ...compact(input),
    ...newRecord(ctx, 'ord', customer.id),
    customerId: customer.id,
    ...(customer.ownerId ? { ownerId: customer.ownerId } : {}),
    orderedOn: input.orderedOn ?? today(ctx),
    currency,
    exchangeRate: rateOf(ctx, currency, input.exchangeRate),
    pricesIncludeTax: input.pricesIncludeTax ?? usuallyIncludesTax(ctx.tenant),
    status: 'draft' as const,
    edition: 1,
  }
}

/** Drafts an order. 404 at its place for a customer out of sight; 422 for what its amounts do not bear. */
export async function createOrder(ctx: Context, input: Input): Promise<Order> {
  const customer = await writableCustomer(ctx, input.customerId, '/customerId')
  if (input.salesRepId) await requireOwner(ctx, input.salesRepId, '/salesRepId')
  const { lines, instalments, number: given, ...rest } = input
  if (!lines) throw invalid('document.no-lines', '/lines', 'An order needs at least one line.')
  const draft = draftOf(ctx, customer, rest)
  const composed = await composeLines(ctx, { ...draft, customer }, lines)
  const number = await numberFor(ctx, 'order', draft.orderedOn, given)
  const order = pricedDraft(ctx, { ...draft, number } as Order, composed, instalments)
  const event = OrderCreated(subjectOf(order), { number, quoteId: order.quoteId ?? null })
  return commit(ctx, [orders.create(order), customers.keep(customer)], [event])
}

type Changes = z.output<typeof ChangeOrder>

/** The draft after a change, priced anew. */
async function changedDraft(ctx: Context, customer: Customer, before: Order, changes: Changes): Promise<Order> {
  const { lines, instalments, discount, ...plain } = changes
  if (plain.currency && plain.currency !== before.currency && !lines)
    throw invalid('document.currency-mismatch', '/currency', 'Prices are in the former currency. Send the lines with the new one.')
  const merged: Order = mergePatch(OrderRecord, before, plain)
  const { discount: _former, ...rest } = merged
  const off = discount === undefined ? before.discount : (discount ?? undefined)
  const head = { ...rest, exchangeRate: rateOf(ctx, merged.currency, merged.exchangeRate), ...(off ? { discount: off } : {}) }
  const composed = lines ? await composeLines(ctx, { ...head, customer }, lines, before.lines) : before.lines
  return pricedDraft(ctx, head, composed, instalments)
}

/** 409 `order.confirmed`: what was agreed is changed by amending it. */
function requireFree(order: Order, changes: Changes): void {
  const bound = Object.keys(changes).filter((field) => !freeFields.includes(field))
  if (bound.length === 0) return
  const message = `This order is ${order.status}: ${bound.join(', ')} can no longer be changed. Amend it while it is being worked on.`
  const errors = bound.map((field) => ({ pointer: `/${field}`, code: 'order.confirmed', message }))
  throw new Problem('conflict', 'order.confirmed', message, { errors })
}

/** Changes a draft by merge patch, or of a confirmed order what binds nobody (409 `order.confirmed` for the rest). */
export async function changeOrder(
  ctx: Context,
  { id, changes, ifMatch }: { id: string; changes: Changes; ifMatch?: string | undefined },
): Promise<Order> {
  const { record: before, customer } = await writableOfCustomer(ctx, orders, id)
  requireVersion(before, ifMatch)
  if (!isDraft(before)) requireFree(before, changes)
  if (changes.salesRepId) await requireOwner(ctx, changes.salesRepId, '/salesRepId')
  const after = isDraft(before) ? await changedDraft(ctx, customer, before, changes) : mergePatch(OrderRecord, before, changes)
  const changed = changedFields(before, after)
  if (changed.length === 0) return before
  return commit(ctx, [orders.replace(ctx, before, after)], [OrderChanged(subjectOf(before), { changed })])
}

/** Deletes a draft; what was ever confirmed stays. */
export async function deleteOrder(ctx: Context, { id, ifMatch }: { id: string; ifMatch?: string | undefined }): Promise<void> {
  const { record } = await writableOfCustomer(ctx, orders, id)
  requireVersion(record, ifMatch)
  step('order', orderStates, record.status, 'delete')
  await commit(ctx, [orders.remove(record)], [OrderDeleted(subjectOf(record), { number: record.number })])
}

/** One order of a customer that the caller may see. */
export const getOrder = async (ctx: Context, { id }: { id: string }): Promise<Order> => (await visibleOfCustomer(ctx, orders, id)).record
