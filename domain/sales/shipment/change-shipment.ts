import type * as z from 'zod'
import { ShipmentChanged, ShipmentCreated, ShipmentDeleted } from '../../../events/shipments.ts'
import { checkDispatch } from '../../finance/index.ts'
import { readTenant } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { today } from '../../kernel/dates.ts'
import { Problem } from '../../kernel/errors.ts'
import { changedFields, compact, mergePatch } from '../../kernel/merge-patch.ts'
import { step } from '../../kernel/states.ts'
import { type Customer, customers, visibleOfCustomer, writableCustomer, writableOfCustomer } from '../../parties/index.ts'
import { numberFor } from '../../platform/index.ts'
import { commit } from '../../store/commit.ts'
import { readAlong } from '../../store/read-along.ts'
import { newRecord, requireVersion } from '../../store/record.ts'
import { usuallyIncludesTax } from '../document/usual-tax.ts'
import type { Order } from '../order/order.ts'
import { unopenedBase } from '../order/tally.ts'
import { composeShipment } from './compose-shipment.ts'
import { dispatched, subjectOf } from './dispatch-shipment.ts'
import { orderKeys, ordersOfLines } from './orders-of-lines.ts'
import { shipments } from './shipment.table.ts'
import { type ChangeShipment, type CreateShipment, type Shipment, ShipmentRecord } from './shipment.ts'
import { freeFields, shipmentStates } from './shipment-states.ts'

type Input = z.output<typeof CreateShipment>

/** A draft with its lines as they are worth now. */
async function draftOf(ctx: Context, customer: Customer, input: Input, found: ReadonlyMap<string, Order>): Promise<Shipment> {
  const { lines, number: given, dispatch: _atOnce, ...rest } = input
  const { overDeliveryPercent: overPercent = 0 } = await readTenant(ctx)
  const record = newRecord(ctx, 'shp', customer.id)
  const head = { ...compact(rest), id: record.id, pricesIncludeTax: input.pricesIncludeTax ?? usuallyIncludesTax(ctx.tenant) }
  const composed = await composeShipment(ctx, { customer, found, overPercent }, head, lines)
  const terms = composed.paymentTerms ?? customer.paymentTerms
  const shippedOn = input.shippedOn ?? today(ctx)
  return {
    ...(terms ? { paymentTerms: terms } : {}),
    ...head,
    ...record,
    customerId: customer.id,
    ...(customer.ownerId ? { ownerId: customer.ownerId } : {}),
    number: await numberFor(ctx, 'shipment', shippedOn, given),
    shippedOn,
    status: 'draft',
    currency: composed.currency,
    exchangeRate: composed.exchangeRate,
    lines: composed.lines,
    ...composed.totals,
  } as Shipment
}

/**
 * Drafts a shipment of lines of one customer's orders and of goods that were not ordered; `dispatch` lets it leave in the same
 * transaction. Nothing is reserved before it leaves, but more than is left is refused at once.
 */
export async function createShipment(ctx: Context, input: Input): Promise<Shipment> {
  const along = readAlong(ctx, orderKeys(input.customerId, input.lines))
  const customer = await writableCustomer(along, input.customerId, '/customerId')
  const [found] = await Promise.all([
    ordersOfLines(along, customer, input.lines),
    input.dispatch ? checkDispatch(ctx, customer) : undefined,
  ])
  const draft = await draftOf(ctx, customer, input, found)
  if (!input.dispatch) {
    const orderIds = [...new Set(draft.lines.flatMap(({ orderId }) => orderId ?? []))]
    const drafted = ShipmentCreated(subjectOf(draft), { number: draft.number, orderIds })
    return commit(ctx, [shipments.create(draft), customers.keepField(customer, 'ownerId')], [drafted])
  }
  const { shipment, writes, event } = await dispatched(ctx, customer, draft, found)
  // An order of which something is not owed yet keeps its customer from being deleted, and with its owner; where there is none, the customer is held.
  const holds = (order: Order) => unopenedBase(order) > 0 && order.ownerId === customer.ownerId
  const held = [...found.values()].some(holds) ? [] : [customers.keepField(customer, 'ownerId')]
  return commit(ctx, [shipments.create(shipment), ...held, ...writes], [event])
}

type Changes = z.output<typeof ChangeShipment>

async function changedDraft(ctx: Context, customer: Customer, before: Shipment, { lines, ...plain }: Changes): Promise<Shipment> {
  const merged: Shipment = mergePatch(ShipmentRecord, before, plain)
  if (!lines) return merged
  const { overDeliveryPercent: overPercent = 0 } = await readTenant(ctx)
  const found = await ordersOfLines(ctx, customer, lines)
  const { id, pricesIncludeTax } = before
  const composed = await composeShipment(
    ctx,
    { customer, found, overPercent },
    { id, pricesIncludeTax, currency: before.currency, exchangeRate: before.exchangeRate },
    lines,
  )
  return { ...merged, lines: composed.lines, ...composed.totals }
}

/** 409 `shipment.dispatched`: the note has left with the goods. */
function requireFree(shipment: Shipment, changes: Changes): void {
  const bound = Object.keys(changes).filter((field) => !freeFields.includes(field))
  if (bound.length === 0) return
  const message = `This shipment is ${shipment.status}: ${bound.join(', ')} can no longer be changed.`
  const errors = bound.map((field) => ({ pointer: `/${field}`, code: 'shipment.dispatched', message }))
  throw new Problem('conflict', 'shipment.dispatched', message, { errors })
}

/** Changes a draft by merge patch, or of a shipment that left what its note does not say. */
export async function changeShipment(
  ctx: Context,
  { id, changes, ifMatch }: { id: string; changes: Changes; ifMatch?: string | undefined },
): Promise<Shipment> {
  const { record: before, customer } = await writableOfCustomer(ctx, shipments, id)
  requireVersion(before, ifMatch)
  if (before.status !== 'draft') requireFree(before, changes)
  const after = before.status === 'draft' ? await changedDraft(ctx, customer, before, changes) : mergePatch(ShipmentRecord, before, changes)
  const changed = changedFields(before, after)
  if (changed.length === 0) return before
  return commit(ctx, [shipments.replace(ctx, before, after)], [ShipmentChanged(subjectOf(before), { changed })])
}

/** Deletes a draft; what left is cancelled instead. */
export async function deleteShipment(ctx: Context, { id, ifMatch }: { id: string; ifMatch?: string | undefined }): Promise<void> {
  const { record } = await writableOfCustomer(ctx, shipments, id)
  requireVersion(record, ifMatch)
  step('shipment', shipmentStates, record.status, 'delete')
  await commit(ctx, [shipments.remove(record)], [ShipmentDeleted(subjectOf(record), { number: record.number })])
}

/** One shipment of a customer that the caller may see. */
export const getShipment = async (ctx: Context, { id }: { id: string }): Promise<Shipment> =>
  (await visibleOfCustomer(ctx, shipments, id)).record
