import { type Account, accountOf, customerOfBooks, cutOffDayOf, lastPeriod, type Movement } from '../../finance/index.ts'
import type { Context } from '../../kernel/context.ts'
import { today } from '../../kernel/dates.ts'
import { invalid, Problem } from '../../kernel/errors.ts'
import { money } from '../../kernel/money.ts'
import type { Customer } from '../../parties/index.ts'
import { findMany } from '../../store/read.ts'
import { readItems } from '../../store/read-items.ts'
import { orders } from '../order/order.table.ts'
import type { Order } from '../order/order.ts'
import { shipments } from '../shipment/shipment.table.ts'
import type { Shipment } from '../shipment/shipment.ts'
import { blankStatement, type StoredStatement, statementKey } from './statement.table.ts'
import type { Statement, StatementPeriod, StatementQuery } from './statement.ts'
import { statementLink } from './statement-link.ts'

type Row = Omit<Statement['movements'][number], 'balance' | 'charge' | 'payment'> & {
  charge?: number | undefined
  payment?: number | undefined
}

/**
 * The days of a statement: named, or the last period that has ended. 400 for one day alone, or the wrong way round; 422 where they
 * came in a body.
 */
function periodOf(ctx: Context, customer: Customer, { from, to }: StatementQuery, isBody: boolean): { from: string; to: string } {
  if (from === undefined && to === undefined) return lastPeriod(today(ctx), cutOffDayOf(customer))
  if (from !== undefined && to !== undefined && from <= to) return { from, to }
  const text = 'Name from and to, the earlier first, or neither.'
  throw isBody ? invalid('range.reversed', '/from', text) : new Problem('malformed', 'range.reversed', text)
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

/** What became of a statement, as it is answered. */
function fateOf(ctx: Context, customerId: string, period: StatementPeriod, { answer, deliveries }: StoredStatement) {
  const [latest] = deliveries
  const closing = (units: number) => money(units, period.currency)
  const said = answer && { closing: closing(answer.closing), online: answer.online }
  return {
    confirmation:
      answer?.kind === 'confirmed' ? { confirmedOn: answer.on, confirmedBy: answer.by ?? null, confirmedAt: answer.at, ...said! } : null,
    objection:
      answer?.kind === 'objected'
        ? { objectedOn: answer.on, objectedBy: answer.by ?? null, objectedAt: answer.at, comment: answer.comment ?? null, ...said! }
        : null,
    deliveries: deliveries.map((delivery) => ({ ...delivery, closing: closing(delivery.closing) })),
    link: latest ? statementLink(ctx, { customerId, ...period }, latest.at) : null,
  }
}

/** What is kept of a statement; blank for one that was neither sent nor answered. */
export const storedStatement = async (ctx: Context, customerId: string, period: StatementPeriod): Promise<StoredStatement> =>
  ((await readItems(ctx, [statementKey(customerId, period)]))[0] as StoredStatement | undefined) ?? blankStatement

export interface OpenedStatement {
  customer: Customer
  period: StatementPeriod
  stored: StoredStatement
  account: Account
}

/** The books of a customer between two days, with what became of the statement. */
export async function openStatement(
  ctx: Context,
  { id, ...query }: StatementQuery & { id: string },
  { toPost = false } = {},
): Promise<OpenedStatement> {
  const customer = await customerOfBooks(ctx, id, { toPost })
  const period = { ...periodOf(ctx, customer, query, toPost), currency: query.currency ?? ctx.tenant.currency }
  const [account, stored] = await Promise.all([accountOf(ctx, customer, period), storedStatement(ctx, customer.id, period)])
  return { customer, period, account, stored }
}

/** A statement as it is answered. */
export async function shownStatement(ctx: Context, { customer, period, account, stored }: OpenedStatement): Promise<Statement> {
  const { currency } = period
  const rows = await rowsOf(ctx, account.movements)
  const sum = (of: 'charge' | 'payment') => rows.reduce((total, row) => total + (row[of] ?? 0), 0)
  const shown = (minorUnits: number | undefined) => (minorUnits === undefined ? null : money(minorUnits, currency))
  let balance = account.opening
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
    ...fateOf(ctx, customer.id, period, stored),
  }
}

/** A customer's statement of account: opening balance, what was shipped line by line, returns, receipts, closing balance. */
export const readStatement = async (ctx: Context, query: StatementQuery & { id: string }): Promise<Statement> =>
  shownStatement(ctx, await openStatement(ctx, query))
