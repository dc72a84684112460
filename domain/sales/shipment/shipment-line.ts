import * as z from 'zod'
import { rule } from '../../kernel/parse-input.ts'
import { DocumentLine, givenLine, LineId, LineRecord } from '../document/line.ts'

const ofOrder = ['id', 'orderLine', 'quantity', 'note']
const saysWhat = (given: Record<string, unknown>) => Boolean(given.orderLine ?? given.productId ?? given.description)
const isPure = (given: Record<string, unknown>) =>
  !given.orderLine || Object.entries(given).every(([name, value]) => value == null || ofOrder.includes(name))

/** A line of an order, by its id, or goods that were not ordered, with their price. */
export const ShipmentLineInput = z
  .strictObject({ orderLine: LineId.nullish().meta({ description: 'The line of an order that is shipped.' }), ...givenLine })
  .refine(saysWhat, rule('line.empty', 'must name the line of an order, a product, or say what it is'))
  .refine(isPure, rule('line.price-of-order', 'takes everything but its quantity and note from the line of the order'))
  .meta({ id: 'ShipmentLineInput' })
export type ShipmentLineInput = z.output<typeof ShipmentLineInput>

const origin = { orderLine: z.string(), orderId: z.string() }

/** A line as it is answered. */
export const ShipmentLine = DocumentLine.extend({
  orderLine: origin.orderLine.nullable().default(null),
  orderId: origin.orderId.nullable().default(null),
  returned: z.string().meta({ description: 'Quantity that came back.' }),
}).meta({ id: 'ShipmentLine' })

export const ShipmentLineRecord = LineRecord.extend({ orderLine: origin.orderLine.optional(), orderId: origin.orderId.optional() })
export type ShipmentLineRecord = z.output<typeof ShipmentLineRecord>
