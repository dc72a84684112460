import * as z from 'zod'
import { BusinessDate, Instant } from '../../kernel/dates.ts'
import { idOf } from '../../kernel/ids.ts'
import { Currency, ExchangeRate, Money } from '../../kernel/money.ts'
import { shapesOf } from '../../kernel/resource.ts'
import { line, paragraph } from '../../kernel/text.ts'
import { CustomerId, PaymentTerms } from '../../parties/index.ts'
import { DeliverTo } from '../document/deliver-to.ts'
import { Discount, StoredDiscount } from '../document/discount.ts'
import { LineChange, linesOf } from '../document/line.ts'
import { Delivery, StoredDelivery } from '../sending/delivery.ts'
import { Instalment, InstalmentInput, InstalmentRecord, mostInstalments } from './instalment.ts'
import { OrderLine, OrderLineInput, OrderLineRecord } from './order-line.ts'

const OrderId = idOf('ord').meta({ description: 'Id of an order' })
const QuoteId = idOf('quo').meta({ description: 'Id of the quote it came from' })
export const orderStatuses = ['draft', 'credit-hold', 'confirmed', 'partly-shipped', 'shipped', 'closed', 'cancelled'] as const
export const OrderStatus = z.enum(orderStatuses)
export type OrderStatus = z.output<typeof OrderStatus>

const contract = {
  number: line(100).nullish(),
  signedOn: BusinessDate.nullish(),
  startsOn: BusinessDate.nullish(),
  endsOn: BusinessDate.nullish(),
}

const fields = {
  customerId: CustomerId,
  quoteId: QuoteId,
  number: line(60).meta({ description: 'Given by the firm when left out; unique.' }),
  orderedOn: BusinessDate.meta({ description: 'The business date; today when left out.' }),
  salesRepId: z
    .string()
    .meta({ description: 'Who sold it: the owner of the customer unless another is named. Fixed when it is confirmed.' }),
  customerPo: line(100).meta({ description: "The customer's own order number." }),
  contract: z.strictObject(contract).meta({ description: 'The contract behind it (合同).' }),
  deliverTo: DeliverTo,
  deliverOn: BusinessDate.meta({ description: 'When it is to be delivered; a line may say another day.' }),
  currency: Currency.meta({ description: 'That of the firm when left out.' }),
  exchangeRate: ExchangeRate.meta({ description: 'What one unit of the currency is worth in that of the books.' }),
  pricesIncludeTax: z.boolean().meta({ description: 'Whether unit prices include the tax; as it is usual for the firm when left out.' }),
  discount: Discount,
  paymentTerms: PaymentTerms.meta({ description: 'Those of the customer when left out.' }),
  instalments: z.array(InstalmentInput).max(mostInstalments).meta({ description: 'Together the whole total; none: all by the terms.' }),
  notes: paragraph(2000),
}

const totals = { netTotal: Money, taxTotal: Money, discountTotal: Money, total: Money.meta({ description: 'With tax.' }) }
const shapes = shapesOf('Order', OrderId, fields, ['customerId'], {
  status: OrderStatus,
  ownerId: z.string().nullable().default(null).meta({ description: 'The owner of the customer.' }),
  ...totals,
  confirmedAt: Instant.nullable().default(null),
  promisedOn: BusinessDate.nullable()
    .default(null)
    .meta({ description: 'The latest day that was promised for any of its lines, once it is confirmed.' }),
  shippedOn: BusinessDate.nullable()
    .default(null)
    .meta({ description: 'The latest day on which something of it left; of a shipped order, when the last did.' }),
  edition: z.int().meta({ description: 'Counts what was agreed: 1, and one more with every amendment.' }),
  delivery: Delivery.nullable().default(null).meta({ description: 'How it was sent to the customer, the last time.' }),
  link: z
    .string()
    .nullable()
    .default(null)
    .meta({ description: 'The page where the customer sees it; from when it was sent, for 90 days.' }),
  history: z
    .boolean()
    .default(false)
    .meta({ description: 'Taken over from elsewhere as shipped: its money is settled there, it opens no receivable and takes no credit.' }),
})

export const CreateOrder = shapes.create
  .extend({
    lines: linesOf(OrderLineInput).optional().meta({ description: 'Left out with a quoteId: all of the quote that is not ordered yet.' }),
  })
  .meta({ id: 'CreateOrder' })
export const ChangeOrder = shapes.patch
  .omit({ customerId: true, quoteId: true, number: true })
  .extend({ lines: linesOf(LineChange).optional() })
  .meta({ id: 'ChangeOrder' })

const always = {
  number: fields.number,
  orderedOn: fields.orderedOn,
  salesRepId: fields.salesRepId,
  currency: fields.currency,
  exchangeRate: z.string().meta({ examples: ['1'] }),
  pricesIncludeTax: fields.pricesIncludeTax,
}
const whole = shapes.resource.extend({
  ...always,
  salesRepId: fields.salesRepId.nullable().default(null),
  discount: StoredDiscount.nullable().default(null),
  instalments: z.array(Instalment).default([]),
  lines: z.array(OrderLine),
})
export const Order = whole.meta({ id: 'Order' })

const detailFields = ['lines', 'deliverTo', 'contract', 'discount', 'instalments', 'notes', 'paymentTerms', 'delivery'] as const
const isDetail = Object.fromEntries(detailFields.map((field) => [field, true])) as Record<(typeof detailFields)[number], true>
/** A row of a list: without its lines and what else is long. */
export const OrderRow = whole.omit({ ...isDetail, link: true }).meta({ id: 'OrderRow' })

export const OrderRecord = shapes.record.extend({
  ...always,
  salesRepId: fields.salesRepId.optional(),
  status: OrderStatus,
  ownerId: z.string().optional(),
  /** The last place that was given to a line, where that line is gone. */
  lastPlace: z.int().optional(),
  /** The products of its lines, in short. */
  goods: z.string().optional(),
  discount: StoredDiscount.optional(),
  instalments: z.array(InstalmentRecord).optional(),
  lines: z.array(OrderLineRecord),
  netTotal: z.int(),
  taxTotal: z.int(),
  discountTotal: z.int(),
  total: z.int(),
  /** The total in minor units of the books. */
  base: z.int(),
  confirmedAt: Instant.optional(),
  edition: z.int(),
  promisedOn: z.string().optional(),
  shippedOn: z.string().optional(),
  history: z.object({ shipmentId: z.string() }).optional(),
  /** Its import was taken back: its number and externalId are free again. */
  takenBack: z.literal(true).optional(),
  /** The earliest day on which something of it is to be delivered. */
  nextDelivery: z.string().optional(),
  delivery: StoredDelivery.optional(),
  formerDeliveries: z.array(StoredDelivery).optional(),
})
/** Numbers of its shipments stand beside its fields: tally.ts. */
export type Order = z.output<typeof OrderRecord>

export const orderDetail: readonly (keyof Order & string)[] = [...detailFields, 'formerDeliveries']
