import { accountOf, customerOfBooks, cutOffDayOf, lastPeriod, type Movement } from '../../finance/index.ts'
import type { Context } from '../../kernel/context.ts'
import { today } from '../../kernel/dates.ts'
import { Problem } from '../../kernel/errors.ts'
import { money } from '../../kernel/money.ts'
import type { Customer } from '../../parties/index.ts'
import { findMany, readItems } from '../../store/read.ts'
import { orders } from '../order/order.table.ts'
import type { Order } from '../order/order.ts'
import { shipments } from '../shipment/shipment.table.ts'
import type { Shipment } from '../shipment/shipment.ts'
import { confirmationKey, type StoredConfirmation } from './statement.table.ts'
import type { Statement, StatementQuery } from './statement.ts'

type Row = Omit<Statement['movements'][number], 'balance' | 'charge' | 'payment'> & {
  charge?: number | undefined
  payment?: number | undefined
}

/** The days of a statement: named, or the last period that has ended. 400 for one day alone, or the wrong way round. */
function periodOf(ctx: Context, customer: Customer, { from, to }: StatementQuery): { from: string; to: string } {
  if (from === undefined && to === undefined) return lastPeriod(today(ctx), cutOffDayOf(customer))
  if (from === undefined || to === undefined || from > to)
    throw new Problem('malformed', 'range.reversed', 'Name from and to, the earlier first, or neither.')
  return { from, to }
}

const blank = { number: null, customerPo: null, description: null, model: null, quantity: null, unit: null, unitPrice: null }
const plain = ({ shipmentId: _s, orderId: _o, ...movement }: Movement): Row => ({ ...blank, ...movement, number: movement.number ?? null })

/** The lines of a shipment; with what each comes to where the shipment became owed as a whole. */
function shipmentRows(shipment: Shipment, on: string, pos: Map<string, string>, charged: number): Row[] {
  const isWhole = charged === shipment.total
  const lines = shipment.lines.map(
    (line): Row => ({
      ...blank,
      on,
      kind: 'shipment',
      id: shipment.id,
      number: shipment.number,
      customerPo: (line.orderId && pos.get(line.orderId)) || null,
      description: line.description ?? null,
      model: line.model ?? null,
      quantity: line.quantity,
      unit: line.unit ?? null,
      unitPrice: line.unitPrice,
      ...(isWhole ? { charge: line.gross } : {}),
    }),
  )
  return isWhole ? lines : [...lines, { ...blank, on, kind: 'receivable', id: shipment.id, number: shipment.number, charge: charged }]
}

/** Movements as the customer reads them: what was shipped line by line, everything else as it is. */
async function rowsOf(ctx: Context, movements: Movement[]): Promise<Row[]> {
  const shippedIds = new Set(movements.flatMap(({ kind, shipmentId }) => (kind === 'receivable' && shipmentId) || []))
  const shipped = (await findMany(
    ctx,
    [...shippedIds].map((id) => ({ entity: shipments, id })),
  )) as Map<string, Shipment>
  const orderIds = new Set([...shipped.values()].flatMap(({ lines }) => lines.flatMap(({ orderId }) => orderId ?? [])))
  const found = (await findMany(
    ctx,
    [...orderIds].map((id) => ({ entity: orders, id })),
  )) as Map<string, Order>
  const pos = new Map([...found].flatMap(([id, { customerPo }]) => (customerPo ? [[id, customerPo] as const] : [])))
  const isOf = (id: string, on: string) => (movement: Movement) =>
    movement.kind === 'receivable' && movement.shipmentId === id && movement.on === on
  const done = new Set<string>()
  return movements.flatMap((movement) => {
    const { kind, shipmentId, on } = movement
    const shipment = kind === 'receivable' && shipmentId ? shipped.get(shipmentId) : undefined
    if (!shipment) return [plain(movement)]
    if (done.has(`${shipment.id} ${on}`)) return []
    done.add(`${shipment.id} ${on}`)
    const charged = movements.filter(isOf(shipment.id, on)).reduce((sum, { charge = 0 }) => sum + charge, 0)
    return shipmentRows(shipment, on, pos, charged)
  })
}

/** A customer's statement of account: opening balance, what was shipped line by line, returns, receipts, closing balance. */
export async function readStatement(ctx: Context, { id, ...query }: StatementQuery & { id: string }): Promise<Statement> {
  const customer = await customerOfBooks(ctx, id)
  const currency = query.currency ?? ctx.tenant.currency
  const period = { ...periodOf(ctx, customer, query), currency }
  const [account, [confirmed]] = await Promise.all([
    accountOf(ctx, customer, period),
    readItems(ctx, [confirmationKey(customer.id, period)]),
  ])
  const rows = await rowsOf(ctx, account.movements)
  const sum = (of: 'charge' | 'payment') => rows.reduce((total, row) => total + (row[of] ?? 0), 0)
  const shown = (minorUnits: number | undefined) => (minorUnits === undefined ? null : money(minorUnits, currency))
  let balance = account.opening
  const { confirmedOn, confirmedBy = null, confirmedAt, closing } = (confirmed ?? {}) as unknown as StoredConfirmation
  return {
    customerId: customer.id,
    ...period,
    opening: money(account.opening, currency),
    charged: money(sum('charge'), currency),
    paid: money(sum('payment'), currency),
    closing: money(account.closing, currency),
    overdue: money(account.overdue, currency),
    movements: rows.map(({ charge, payment, ...row }) => {
      balance += (charge ?? 0) - (payment ?? 0)
      return { ...row, charge: shown(charge), payment: shown(payment), balance: money(balance, currency) }
    }),
    otherCurrencies: account.currencies.filter((other) => other !== currency),
    confirmation: confirmed ? { confirmedOn, confirmedBy, confirmedAt, closing: money(closing, currency) } : null,
  }
}
