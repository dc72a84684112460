import { fromMicro, proportion, toMicro } from '../document/decimal.ts'
import { type LineSales, lineSales } from '../document/line-sales.ts'
import type { Shipment } from './shipment.ts'

/** What a line of a shipment adds to the sales of whoever sold it. */
interface ShippedLine extends LineSales {
  repId: string | null
}

/** What came back on a day, as sales below zero. */
export interface ReturnedSales {
  id: string
  on: string
  lines: ShippedLine[]
}

/** Who sold what is on a shipment: one for all of it, unless its orders are of several. */
export const sellersOf = ({ salesRepId, otherReps = [] }: Shipment): (string | null)[] => [
  ...new Set([salesRepId ?? null, ...otherReps.map(({ repId }) => repId)]),
]

const sellerOf = ({ salesRepId, otherReps }: Shipment, { orderId }: Shipment['lines'][number]): string | null =>
  otherReps?.find(({ of }) => of === orderId)?.repId ?? salesRepId ?? null

const hasLeft = ({ status }: Shipment): boolean => status === 'dispatched' || status === 'signed'

/** What a shipment adds to sales shipped once it has left: nothing as a draft or cancelled. */
export const shippedSales = (shipment: Shipment, base: string): ShippedLine[] =>
  hasLeft(shipment)
    ? shipment.lines.map((line) => ({ ...lineSales(line, line.quantity, line.net, base), repId: sellerOf(shipment, line) }))
    : []

const negative = ({ productId, net, cost }: LineSales): LineSales => ({ productId, net: -net, cost: cost === null ? null : -cost })

/** What each return takes off again, at the price and cost of the shipment; all of a line comes to what was shipped of it. */
export function returnedSales(shipment: Shipment, base: string): ReturnedSales[] {
  const byId = new Map(shipment.lines.map((line) => [line.id, line]))
  const back = new Map<string, number>()
  return (shipment.returns ?? []).map(({ id, on, lines }) => ({
    id,
    on,
    lines: hasLeft(shipment)
      ? lines.map(({ line: lineId, quantity }) => {
          const line = byId.get(lineId)!
          const [before, shipped] = [back.get(lineId) ?? 0, toMicro(line.quantity)]
          const now = before + toMicro(quantity)
          back.set(lineId, now)
          const net = proportion(line.net, now, shipped) - proportion(line.net, before, shipped)
          return { ...negative(lineSales(line, fromMicro(now - before), net, base)), repId: sellerOf(shipment, line) }
        })
      : [],
  }))
}
