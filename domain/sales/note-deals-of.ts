import type { DeliveredEvent } from '../../events/define.ts'
import type { Context } from '../kernel/context.ts'
import {
  type Customer,
  customerPartition,
  customers,
  type Deals,
  latestDeals,
  noteDeals,
  orderDay,
  partitionsOf,
  recountDeals,
} from '../parties/index.ts'
import { type Entity, recordOf } from '../store/entity.ts'
import type { Stored } from '../store/entity-definition.ts'
import type { Item } from '../store/item.ts'
import { queryAll } from '../store/query.ts'
import { find, findWithin } from '../store/read.ts'
import { orders, ordersOf } from './order/order.table.ts'
import type { Order } from './order/order.ts'
import { quotes, quotesOf } from './quote/quote.table.ts'
import type { Quote } from './quote/quote.ts'
import { shipments, shipmentsOf } from './shipment/shipment.table.ts'
import type { Shipment } from './shipment/shipment.ts'

/** A quote made a deal when it was first sent, whatever became of it. */
const ofQuote = ({ sentOn }: Quote): Deals | undefined => (sentOn ? { lastQuotedOn: sentOn } : undefined)

/** An order, or goods that left without one, on a day. */
const ordered = (day: string): Deals => ({ lastOrderedOn: day, orderDays: orderDay(day) })

const ofOrder = ({ confirmedAt, status, orderedOn }: Order): Deals | undefined =>
  confirmedAt ? (status === 'cancelled' ? {} : ordered(orderedOn)) : undefined

/** Goods that left without an order are one (直接出货). */
const ofShipment = ({ dispatchedAt, status, shippedOn, lines }: Shipment): Deals | undefined => {
  if (!dispatchedAt || lines.every(({ orderId }) => orderId)) return undefined
  return status === 'cancelled' ? {} : ordered(shippedOn)
}

interface Kind<T extends Stored> {
  entity: Entity<T>
  /** What a document makes of the customer's deals: nothing any more when it was taken back, undefined when it never was one. */
  dealsOf(record: T): Deals | undefined
}
const kind = <T extends Stored>(entity: Entity<T>, dealsOf: Kind<T>['dealsOf']) => ({ entity, dealsOf }) as Kind<Stored>
/** Their lines are no matter here. */
const heads = <T extends Stored>(entity: Entity<T>): Entity<T> => ({ ...entity, detail: undefined })
const kinds = [kind(heads(quotes), ofQuote), kind(heads(orders), ofOrder), kind(shipments, ofShipment)]

/** The shipments of a partition with their lines, which stand beside them. */
async function shipmentsIn(ctx: Context, home: string): Promise<Shipment[]> {
  const beside = { partition: customerPartition(home), prefix: [shipments.detail!.name] }
  const [items, details] = await Promise.all([shipmentsOf(home), beside].map((range) => queryAll(ctx, range, { consistent: true })))
  const linesOf = new Map(details!.map((item) => [String(item.sk).split('#')[1], recordOf(shipments, item).lines]))
  return items!.map((item) => ({ ...recordOf(shipments, item), lines: linesOf.get(item.id as string) ?? [] }))
}

/** What is left of the deals with a customer, by all of its documents. */
async function dealsLeft(ctx: Context, customer: Customer): Promise<Deals> {
  const read = async <T extends Stored>(entity: Entity<T>, range: Parameters<typeof queryAll>[1]) =>
    (await queryAll(ctx, range, { consistent: true })).map((item: Item) => recordOf(entity, item))
  const parts = partitionsOf(customer).map(async (home) => {
    const [quoted, ordered, shipped] = await Promise.all([
      read(quotes, quotesOf(home)),
      read(orders, ordersOf(home)),
      shipmentsIn(ctx, home),
    ])
    const deals = [...quoted.map(ofQuote), ...ordered.map(ofOrder), ...shipped.map(ofShipment)]
    return latestDeals(...deals.map((one) => one ?? {}))
  })
  return latestDeals(...(await Promise.all(parts)))
}

/**
 * After a quote was sent, an order confirmed, goods shipped, or one of these taken back: the customer knows the days of its latest
 * deals. Works from the document as it is now, so that events may come twice and in any order.
 */
export async function noteDealsOf(ctx: Context, { subject, data }: Pick<DeliveredEvent<unknown>, 'subject' | 'data'>): Promise<void> {
  // What was ordered is no new deal when it leaves.
  if ((data as { direct?: boolean }).direct === false) return
  const { entity, dealsOf } = kinds.find((one) => one.entity.type === subject.type)!
  const { record, parent: customer } = await findWithin(ctx, entity, customers, subject.id, { consistent: true })
  if (!record || !customer) return
  const deals = dealsOf(record)
  if (!deals) return
  // One that was there before its days of orders were kept is counted anew.
  const isKnown = customer.lastOrderedOn === undefined || customer.orderDays !== undefined
  if (Object.keys(deals).length > 0 && isKnown) await noteDeals(ctx, customer, deals)
  else await recountDeals(ctx, customer, await dealsLeft(ctx, customer))
}

/** After two customers were taken apart again: each has the deals of its own documents. */
export async function dealsApart(ctx: Context, ids: string[]): Promise<void> {
  for (const id of ids) {
    const customer = await find(ctx, customers, id, { consistent: true })
    if (customer) await recountDeals(ctx, customer, await dealsLeft(ctx, customer))
  }
}
