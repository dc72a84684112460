import { linkedUser } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { invalid } from '../../kernel/errors.ts'
import { type Figure, moneyOf } from '../../kernel/figure-values.ts'
import { partsOf, plainValues } from '../../kernel/transfer-field.ts'
import type { TransferKind, Values } from '../../kernel/transfer-kind.ts'
import { linkedCustomer } from '../../parties/index.ts'
import { matchByExternalId, matchByGuard, matchById } from '../../store/row-matchers.ts'
import { documentRows, withDetails } from '../document/document-rows.ts'
import { listOrders, orderList } from '../order/list-orders.ts'
import { orders } from '../order/order.table.ts'
import type { Order } from '../order/order.ts'
import { freeFields, isDraft } from '../order/order-states.ts'
import { shownOrder } from '../order/show-order.ts'
import { findBySku } from '../product/product.table.ts'
import { importedOrderKind } from './import-order.ts'
import { createdColumn, orderColumns } from './order-columns.ts'
import { lineColumns } from './order-line-columns.ts'
import { takeBackOrder } from './take-back-order.ts'

/** A line of the order: its product by SKU, or what it says. 422 `row.link-unknown` for a SKU that nobody has. */
async function lineOf(ctx: Context, { sku, ...line }: Values, place: number): Promise<Values> {
  if (sku === undefined) return line
  const productId = await findBySku(ctx, String(sku), true)
  if (productId) return { ...line, productId }
  const shown = JSON.stringify(String(sku).slice(0, 60))
  throw invalid(
    'row.link-unknown',
    `/lines/${place}/sku`,
    `There is no product with the SKU ${shown}. Import it first, or leave the SKU out and say what it is.`,
  )
}

/** What is taken off the whole order: a share, or an amount. */
function discountOf(ctx: Context, { documentDiscount, discountAmount, currency }: Values): Values {
  if (discountAmount !== undefined) return { discount: { amount: moneyOf(ctx, discountAmount as Figure, currency, 'discountAmount') } }
  return documentDiscount === undefined ? {} : { discount: { percent: documentDiscount } }
}

async function compose(ctx: Context, values: Values, current?: Order): Promise<Record<string, unknown>> {
  const { lines, terms, documentDiscount: _percent, discountAmount: _amount, total, netTotal, ...plain } = plainValues(values)
  const customerId = await linkedCustomer(ctx, values, 'customer')
  const [rep, deliverTo] = [await linkedUser(ctx, values, 'salesRep'), partsOf(values, 'deliverTo')]
  const composed = {
    ...plain,
    ...(customerId ? { customerId } : {}),
    ...(rep ? { salesRepId: rep.id } : {}),
    ...(deliverTo ? { deliverTo } : {}),
    ...(terms ? { paymentTerms: terms } : {}),
    ...discountOf(ctx, values),
    lines: await Promise.all((lines as Values[]).map((line, place) => lineOf(ctx, line, place))),
  }
  const sum = (name: string, figure: unknown) =>
    figure === undefined ? {} : { [name]: moneyOf(ctx, figure as Figure, values.currency, name) }
  if (!current) return { ...composed, ...sum('total', total), ...sum('netTotal', netTotal) }
  const { status: _status, shippedOn: _left, shipmentNumber: _note, ...changes } = composed as Values
  if (isDraft(current)) return changes
  return Object.fromEntries(Object.entries(changes).filter(([name]) => freeFields.includes(name)))
}

/** Orders in sheets, a row for each line: histories of trade come in by it as they were, each with its own past days. */
export const orderSheet: TransferKind<Order> = {
  kind: importedOrderKind,
  label: { en: 'Orders', 'zh-CN': '订单' },
  fields: [...orderColumns, ...lineColumns, createdColumn],
  required: [['customer.id', 'customer.externalId', 'customer.name'], ['line.sku', 'line.description'], ['line.quantity']],
  matchers: {
    id: matchById(orders),
    externalId: matchByExternalId(orders),
    number: matchByGuard('order-number', ({ number }) => number),
  },
  groupBy: ['number', 'externalId', 'id'],
  compose,
  takeBack: takeBackOrder,
  list: { spec: orderList, read: async (ctx, input) => withDetails(ctx, orders, await listOrders(ctx, input)) },
  present: shownOrder,
  flatten: documentRows,
}
