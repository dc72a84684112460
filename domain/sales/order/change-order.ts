import type * as z from 'zod'
import { OrderChanged, OrderCreated, OrderDeleted } from '../../../events/orders.ts'
import { requireOpenDate } from '../../finance/index.ts'
import { readTenant, requireOwner } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { today } from '../../kernel/dates.ts'
import { invalid, Problem } from '../../kernel/errors.ts'
import { changedFields, compact, mergePatch } from '../../kernel/merge-patch.ts'
import { step } from '../../kernel/states.ts'
import { type Customer, customers, visibleOfCustomer, writableCustomer, writableOfCustomer } from '../../parties/index.ts'
import { numberFor } from '../../platform/index.ts'
import { commit } from '../../store/commit.ts'
import { newRecord, requireVersion } from '../../store/record.ts'
import { rateOf } from '../document/exchange-rate.ts'
import { placesKept, withLineIds } from '../document/line-ids.ts'
import { usuallyIncludesTax } from '../document/usual-tax.ts'
import { type FromQuote, fromQuote, type OfQuote, quoteChange } from './from-quote.ts'
import { orders } from './order.table.ts'
import { type ChangeOrder, type CreateOrder, type Order, OrderRecord } from './order.ts'
import type { OrderLineInput } from './order-line.ts'
import { freeFields, isDraft, orderStates } from './order-states.ts'
import { type Composed, composeLines, type LineHead, pricedDraft } from './price-order.ts'

export const subjectOf = ({ id, customerId }: Pick<Order, 'id' | 'customerId'>) => ({ type: 'order', id, customerId })

type Input = z.output<typeof CreateOrder>

/** What an order starts with: what was sent, what the customer has agreed, and what is usual. */
function draftOf(ctx: Context, customer: Customer, input: Omit<FromQuote['input'], 'instalments'>) {
  const currency = input.currency ?? ctx.tenant.currency
  return {
    ...(customer.paymentTerms ? { paymentTerms: customer.paymentTerms } : {}),
    ...compact(input),
    ...newRecord(ctx, 'ord', customer.id),
    customerId: customer.id,
    ...(customer.ownerId ? { ownerId: customer.ownerId } : {}),
    orderedOn: input.orderedOn ?? today(ctx),
    currency,
    exchangeRate: rateOf(ctx.tenant, currency, input.exchangeRate),
    pricesIncludeTax: input.pricesIncludeTax ?? usuallyIncludesTax(ctx.tenant),
    status: 'draft' as const,
    edition: 1,
  }
}

const isOfQuote = (given: Input | OfQuote): given is OfQuote => Boolean(given.quoteId)

/** What a typed order is made of. */
async function typed(ctx: Context, { lines, customerId, ...input }: Input): Promise<FromQuote> {
  if (!lines) throw invalid('document.no-lines', '/lines', 'An order needs at least one line.')
  const strange = lines.findIndex(({ quoteLine }) => quoteLine)
  if (strange >= 0) throw invalid('order.quote-missing', `/lines/${strange}/quoteLine`, 'Name the quote of this line with quoteId.')
  return { customer: await writableCustomer(ctx, customerId, '/customerId'), input, lines, writes: [] }
}

/** Lines of the quote as they are, the others with what they leave out. */
async function lineRecords(ctx: Context, customer: Customer, draft: LineHead, lines: FromQuote['lines']): Promise<Composed[]> {
  const isTyped = (line: FromQuote['lines'][number]) => !('quoteLine' in line && line.quoteLine)
  const filled = (await composeLines(ctx, { ...draft, customer }, lines.filter(isTyped) as OrderLineInput[])).map(
    ({ id: _own, ...line }) => line,
  )
  let next = 0
  return withLineIds(
    lines.map((line) => (isTyped(line) ? filled[next++]! : (line as Omit<Composed, 'id'>))).map((line) => ({ ...line, id: undefined })),
    draft.id,
  ) as Composed[]
}

/**
 * Drafts an order, typed or of a quote. 404 at its place for a customer out of sight; 422 for what its amounts do not bear; as
 * `takeFromQuote` for what is ordered of a quote.
 */
export async function createOrder(ctx: Context, given: Input | OfQuote): Promise<Order> {
  const { customer, input, lines, writes } = isOfQuote(given) ? await fromQuote(ctx, given) : await typed(ctx, given)
  if (input.salesRepId) await requireOwner(ctx, input.salesRepId, '/salesRepId')
  const { instalments, number: wanted, ...rest } = input
  const draft = draftOf(ctx, customer, rest)
  requireOpenDate(ctx, await readTenant(ctx), draft.orderedOn, '/orderedOn')
  const composed = await lineRecords(ctx, customer, draft, lines)
  const number = await numberFor(ctx, 'order', draft.orderedOn, wanted)
  const order = pricedDraft(ctx, { ...draft, number } as Order, composed, instalments)
  const event = OrderCreated(subjectOf(order), { number, quoteId: order.quoteId ?? null })
  return commit(ctx, [orders.create(order), customers.keepField(customer, 'ownerId'), ...writes], [event])
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
  const head = { ...rest, exchangeRate: rateOf(ctx.tenant, merged.currency, merged.exchangeRate), ...(off ? { discount: off } : {}) }
  const composed = lines ? await composeLines(ctx, { ...head, customer }, lines, before.lines) : before.lines
  return placesKept(before, pricedDraft(ctx, head, composed, instalments))
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
  if (changes.orderedOn) requireOpenDate(ctx, await readTenant(ctx), changes.orderedOn, '/orderedOn')
  const after = isDraft(before) ? await changedDraft(ctx, customer, before, changes) : mergePatch(OrderRecord, before, changes)
  const changed = changedFields(before, after)
  if (changed.length === 0) return before
  const ofQuote = await quoteChange(ctx, before.quoteId, before.lines, after.lines)
  return commit(ctx, [orders.replace(ctx, before, after), ...ofQuote], [OrderChanged(subjectOf(before), { changed })])
}

/** Deletes a draft; what was ever confirmed stays. */
export async function deleteOrder(ctx: Context, { id, ifMatch }: { id: string; ifMatch?: string | undefined }): Promise<void> {
  const { record } = await writableOfCustomer(ctx, orders, id)
  requireVersion(record, ifMatch)
  step('order', orderStates, record.status, 'delete')
  const ofQuote = await quoteChange(ctx, record.quoteId, record.lines, [])
  await commit(ctx, [orders.remove(record), ...ofQuote], [OrderDeleted(subjectOf(record), { number: record.number })])
}

/** One order of a customer that the caller may see. */
export const getOrder = async (ctx: Context, { id }: { id: string }): Promise<Order> => (await visibleOfCustomer(ctx, orders, id)).record
