import type * as z from 'zod'
import type { Context } from '../../../domain/kernel/context.ts'
import { OrderRow } from '../../../domain/sales/order/order.ts'
import { searchOrders } from '../../../domain/sales/order/search-orders.ts'
import { shownRow } from '../../../domain/sales/order/show-order.ts'
import { QuoteRow } from '../../../domain/sales/quote/quote.ts'
import { searchQuotes } from '../../../domain/sales/quote/search-quotes.ts'
import { shownQuoteRow } from '../../../domain/sales/quote/show-quote.ts'
import { searchShipments } from '../../../domain/sales/shipment/search-shipments.ts'
import { ShipmentRow } from '../../../domain/sales/shipment/shipment.ts'
import { shownShipmentRow } from '../../../domain/sales/shipment/show-shipment.ts'
import { presentPage, searchAnswer, searchBody } from '../parties/search-body.ts'
import { type Route, route } from '../route.ts'

const rules =
  'Of the customers that the caller sees, by any field, in any order, with the exact total; rows come without lines. lines.productId finds what names a product. Up to 20,000 rows are judged: what would read more is refused with 422 `search.too-large`, which names what to narrow it by. docs/search.md has the rules of the tree.'

interface Searched<T> {
  noun: 'quotes' | 'orders' | 'shipments'
  text: string
  row: z.ZodObject
  present(ctx: Context, record: T): unknown
  run: unknown
  example: object
}

const searchRoute = <T>({ noun, text, row, present, run, example }: Searched<T>): Route => {
  const name = noun[0]!.toUpperCase() + noun.slice(1)
  return route({
    method: 'POST',
    path: `/v1/${noun}/search`,
    summary: `Search ${noun}`,
    operationId: `search${name}`,
    description: `${rules} text looks into ${text}.`,
    permission: `${noun}.read`,
    readOnly: true,
    body: searchBody(name, row)
      .omit({ viewId: true })
      .meta({ id: `Search${name}` }),
    response: searchAnswer(`Found${name.slice(0, -1)}`, row),
    example: { body: example },
    present: presentPage(row, present),
    run: run as () => Promise<never>,
  })
}

export const salesSearchRoutes: Route[] = [
  searchRoute({
    noun: 'quotes',
    text: 'numbers and external ids',
    row: QuoteRow,
    present: shownQuoteRow,
    run: searchQuotes,
    example: {
      where: {
        and: [
          { field: 'status', op: 'in', value: ['sent', 'expired'] },
          { field: 'quotedOn', op: 'gte', value: 'today-90' },
        ],
      },
      sort: '-total.amount',
    },
  }),
  searchRoute({
    noun: 'orders',
    text: "numbers, the customers' own numbers and external ids",
    row: OrderRow,
    present: (_ctx, order: Parameters<typeof shownRow>[0]) => shownRow(order),
    run: searchOrders,
    example: {
      text: 'PO-88',
      where: {
        and: [
          { field: 'lines.productId', op: 'contains', value: 'pro_01JD8ZQ4T5M6N7P8Q9R0S1T2V3' },
          { not: { field: 'status', op: 'in', value: ['closed', 'cancelled'] } },
        ],
      },
      sort: 'deliverOn',
    },
  }),
  searchRoute({
    noun: 'shipments',
    text: 'numbers, tracking numbers, carriers and external ids',
    row: ShipmentRow,
    present: (_ctx, shipment: Parameters<typeof shownShipmentRow>[0]) => shownShipmentRow(shipment),
    run: searchShipments,
    example: { where: { field: 'status', op: 'eq', value: 'dispatched' }, sort: 'shippedOn', fields: ['number', 'shippedOn', 'total'] },
  }),
]
