import * as z from 'zod'
import { Credit, Receipt } from '../../finance/index.ts'
import { OrderRow } from '../order/order.ts'
import { QuoteRow } from '../quote/quote.ts'
import { ShipmentRow } from '../shipment/shipment.ts'

const forReaders = 'null for those who may not read them.'
const latest = (row: z.ZodType, what: string) =>
  z
    .object({
      data: z.array(row),
      more: z.boolean().meta({ description: 'Whether there are others; the list under the customer has them.' }),
    })
    .nullable()
    .meta({ description: `The latest five ${what}, newest first, without their lines; ${forReaders}` })

/** What of business stands in the summary of a customer. */
export const businessFields = {
  quotes: latest(QuoteRow, 'quotes, no superseded revisions'),
  orders: latest(OrderRow, 'orders'),
  shipments: latest(ShipmentRow, 'shipments'),
  money: Credit.omit({ customerId: true })
    .extend({ lastReceipt: Receipt.nullable().meta({ description: 'The last money that came in; null: none yet, or not to be read.' }) })
    .nullable()
    .meta({ description: `What the customer owes and may owe today: credit, exposure, overdue, last receipt; ${forReaders}` }),
}
