import type { Context } from '../../kernel/context.ts'
import { money } from '../../kernel/money.ts'
import { fromMicro } from '../document/decimal.ts'
import { placeOf } from '../document/line.ts'
import { shownLines } from '../document/show-document.ts'
import { numberOf } from '../order/tally.ts'
import { documentLink } from '../sending/document-link.ts'
import type { Shipment } from './shipment.ts'

/** What came back of a line, as numbers of the record: quantity in millionths, amounts in minor units. */
export const returnedNames = (line: { id: string }) => {
  const place = placeOf(line.id)
  return { quantity: `rq${place}`, gross: `rg${place}`, net: `rn${place}` }
}

/** What came back of a line: millionths, and minor units with and without tax. */
export function returnedOf(shipment: object, line: { id: string }) {
  const name = returnedNames(line)
  return { quantity: numberOf(shipment, name.quantity), gross: numberOf(shipment, name.gross), net: numberOf(shipment, name.net) }
}

/** A row of a list: a shipment without its lines. */
export const shownShipmentRow = (shipment: Shipment) => ({
  ...shipment,
  netTotal: money(shipment.netTotal, shipment.currency),
  taxTotal: money(shipment.taxTotal, shipment.currency),
  total: money(shipment.total, shipment.currency),
})

/** A shipment as it is answered. */
export const shownShipment = (ctx: Context, shipment: Shipment) => ({
  ...shownShipmentRow(shipment),
  link: documentLink(ctx, shipment),
  lines: shownLines(ctx, shipment).map((line) => ({ ...line, returned: fromMicro(returnedOf(shipment, line).quantity) })),
  returns: (shipment.returns ?? []).map((one) => ({ ...one, amount: money(one.amount, shipment.currency) })),
})
