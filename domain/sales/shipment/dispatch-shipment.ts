import type { Opening } from '../../../events/fields.ts'
import { ShipmentDispatched } from '../../../events/shipments.ts'
import { checkDispatch, raiseExposure, requireOpenDate } from '../../finance/index.ts'
import { readTenant } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { inBase } from '../../kernel/money.ts'
import { step } from '../../kernel/states.ts'
import { type Customer, writableOfCustomer } from '../../parties/index.ts'
import { commit } from '../../store/commit.ts'
import type { Write } from '../../store/write.ts'
import { overLimit } from '../order/confirm-order.ts'
import type { Order } from '../order/order.ts'
import { revalued } from './compose-shipment.ts'
import { dispatchOrder } from './dispatch-order.ts'
import { ordersOfLines, taken } from './orders-of-lines.ts'
import { shipments } from './shipment.table.ts'
import type { Shipment } from './shipment.ts'
import { shipmentStates } from './shipment-states.ts'

export const subjectOf = ({ id, customerId }: Pick<Shipment, 'id' | 'customerId'>) => ({ type: 'shipment', id, customerId })

/** Whether goods leave that were not ordered. */
const isDirect = ({ lines }: Shipment): boolean => lines.some(({ orderId }) => !orderId)

/** What of a shipment was not ordered: owed by its own terms. */
function directOpening(ctx: Context, shipment: Shipment): Opening | undefined {
  const amount = shipment.lines.reduce((sum, line) => (line.orderId ? sum : sum + line.gross), 0)
  if (amount === 0) return undefined
  const { id, paymentTerms, exchangeRate } = shipment
  const base = inBase(amount, shipment, ctx.tenant.currency)
  return {
    of: id,
    amount,
    base,
    by: 'terms',
    instalment: null,
    days: null,
    on: null,
    terms: paymentTerms ?? null,
    exchangeRate,
    isLast: true,
  }
}

/** True for what is owed once the goods are signed for: an instalment that says so, or terms that run from then on. */
const waitsForSignature = ({ by, terms }: Opening): boolean => by === 'signed' || (by === 'terms' && terms?.from === 'signed')

/** Raises the commitments by what no order has raised yet: goods above an order, and those of none. 409 `credit.over-limit`. */
async function raised(
  ctx: Context,
  customer: Customer,
  raises: readonly { of: string; by: number; isPrepaid: boolean }[],
): Promise<Write[]> {
  const writes: Write[] = []
  for (const { of, by, isPrepaid } of raises.filter(({ by }) => by !== 0)) {
    const { writes: some, verdict } = await raiseExposure(ctx, { customer, of, by, policy: isPrepaid ? 'skip' : 'check' })
    if (verdict.blocked) throw overLimit(ctx, verdict)
    writes.push(...some)
  }
  return writes
}

type Part = ReturnType<typeof dispatchOrder>

/** What is owed by a shipment: from now on, and once the goods are signed for; with what its record keeps of that. */
function owedBy(parts: readonly Part[], direct: Opening | undefined) {
  const owed = [...parts.flatMap((part) => [...part.openings, ...part.waiting]), ...(direct ? [direct] : [])]
  const openings = owed.filter((opening) => !waitsForSignature(opening))
  const waiting = owed.filter(waitsForSignature)
  const byInstalment = openings.filter(({ instalment }) => instalment !== null)
  const replaced = parts.flatMap(({ order, again }) => (again.amount > 0 ? [{ of: order.id, ...again }] : []))
  const kept: Pick<Shipment, 'openings' | 'waiting' | 'replaced'> = {
    ...(byInstalment.length > 0 ? { openings: byInstalment as NonNullable<Shipment['openings']> } : {}),
    ...(waiting.length > 0 ? { waiting: waiting as NonNullable<Shipment['waiting']> } : {}),
    ...(replaced.length > 0 ? { replaced } : {}),
  }
  return { openings, waiting, kept, base: owed.reduce((sum, { base }) => sum + base, 0) }
}

/** Who sold what leaves: the rep of its first order, else the owner; with those of its other orders that somebody else sold. */
function soldBy(found: readonly Order[], { ownerId }: Customer): Pick<Shipment, 'salesRepId' | 'otherReps'> {
  const salesRepId = found.find((order) => order.salesRepId)?.salesRepId ?? ownerId
  const otherReps = found.flatMap(({ id, salesRepId: repId }) => (repId && repId !== salesRepId ? [{ of: id, repId }] : []))
  return { ...(salesRepId ? { salesRepId } : {}), ...(otherReps.length > 0 ? { otherReps } : {}) }
}

interface Dispatched {
  shipment: Shipment
  writes: Write[]
  event: ReturnType<typeof ShipmentDispatched>
}

/** The shipment as it leaves, with what it does to its orders and to the credit of its customer. */
export async function dispatched(
  ctx: Context,
  customer: Customer,
  draft: Shipment,
  found: ReadonlyMap<string, Order>,
): Promise<Dispatched> {
  const status = step('shipment', shipmentStates, draft.status, 'dispatch')
  const tenant = await readTenant(ctx)
  requireOpenDate(ctx, tenant, draft.shippedOn, '/shippedOn')
  const takings = taken(found, draft.lines, tenant.overDeliveryPercent ?? 0)
  const valued = revalued(draft, takings)
  const parts = takings.map(({ before, after, shares }) => dispatchOrder(ctx, before, after, shares, draft.shippedOn))
  const direct = directOpening(ctx, valued)
  const above = parts.map(({ order, overBase }) => ({ of: order.id, by: overBase, isPrepaid: order.paymentTerms?.kind === 'prepaid' }))
  const own = { of: draft.id, by: direct?.base ?? 0, isPrepaid: draft.paymentTerms?.kind === 'prepaid' }
  const credit = await raised(ctx, customer, [...above, own])
  const { openings, waiting, kept, base } = owedBy(parts, direct)
  const sold = soldBy(
    parts.map(({ order }) => order),
    customer,
  )
  const { salesRepId } = sold
  const shipment: Shipment = { ...valued, status, dispatchedAt: ctx.now(), ...kept, ...sold }
  const event = ShipmentDispatched(subjectOf(draft), {
    number: draft.number,
    shippedOn: draft.shippedOn,
    currency: draft.currency,
    exchangeRate: draft.exchangeRate,
    total: valued.total,
    net: valued.netTotal,
    base,
    openings,
    waiting,
    ownerId: draft.ownerId ?? null,
    salesRepId: salesRepId ?? null,
    direct: isDirect(draft),
  })
  return { shipment, writes: [...parts.map(({ write }) => write), ...credit], event }
}

/**
 * Lets a shipment leave: what it takes of its orders is counted there, never more than is left and the firm allows, whoever
 * else is shipping; what is owed by it is published, and finance opens it. 409 `shipment.more-than-left`, `order.state`,
 * `credit.overdue-hold`, `credit.over-limit`, `period.closed`.
 */
export async function dispatchShipment(ctx: Context, { id }: { id: string }): Promise<Shipment> {
  const { record: draft, customer } = await writableOfCustomer(ctx, shipments, id)
  step('shipment', shipmentStates, draft.status, 'dispatch')
  const [found] = await Promise.all([ordersOfLines(ctx, customer, draft.lines), checkDispatch(ctx, customer)])
  const { shipment, writes, event } = await dispatched(ctx, customer, draft, found)
  return commit(ctx, [shipments.replace(ctx, draft, shipment), ...writes], [event])
}
