import * as z from 'zod'
import { BusinessDate, Instant } from '../../kernel/dates.ts'
import { idOf } from '../../kernel/ids.ts'
import { Currency, ExchangeRate, Money } from '../../kernel/money.ts'
import { shapesOf } from '../../kernel/resource.ts'
import { line, paragraph } from '../../kernel/text.ts'
import { CustomerId, PaymentTerms } from '../../parties/index.ts'
import { DeliverTo } from '../document/deliver-to.ts'
import { linesOf } from '../document/line.ts'
import { Delivery, StoredDelivery } from '../sending/delivery.ts'
import { StoredOpening } from './opening.ts'
import { ShipmentLine, ShipmentLineInput, ShipmentLineRecord } from './shipment-line.ts'

export const ShipmentId = idOf('shp').meta({ description: 'Id of a shipment' })
export const FileId = idOf('fil').meta({ description: 'Id of a file of the customer' })
export const shipmentStatuses = ['draft', 'dispatched', 'signed', 'cancelled'] as const
export const ShipmentStatus = z.enum(shipmentStatuses)
export type ShipmentStatus = z.output<typeof ShipmentStatus>

const fields = {
  customerId: CustomerId,
  number: line(60).meta({ description: 'Of the delivery note; given by the firm when left out; unique.' }),
  shippedOn: BusinessDate.meta({ description: 'The business date; today when left out.' }),
  deliverTo: DeliverTo,
  warehouse: line(100),
  carrier: line(100),
  trackingNumber: line(100),
  notes: paragraph(2000),
  currency: Currency.meta({ description: 'That of the orders, else of the firm, when left out.' }),
  exchangeRate: ExchangeRate.meta({ description: 'For lines of no order: what one unit of the currency is worth in that of the books.' }),
  pricesIncludeTax: z.boolean().meta({ description: 'For lines of no order; as it is usual for the firm when left out.' }),
  paymentTerms: PaymentTerms.meta({ description: 'For lines of no order; those of its first order, else of the customer, when left out.' }),
}

const totals = { netTotal: Money, taxTotal: Money, total: Money.meta({ description: 'With tax.' }) }
const shapes = shapesOf('Shipment', ShipmentId, fields, ['customerId'], {
  status: ShipmentStatus,
  ownerId: z.string().nullable().default(null).meta({ description: 'The owner of the customer.' }),
  salesRepId: z.string().nullable().default(null),
  ...totals,
  printCount: z.int().default(0).meta({ description: 'How often its delivery note was printed.' }),
  dispatchedAt: Instant.nullable().default(null),
  signedOn: BusinessDate.nullable().default(null),
  signedBy: z.string().nullable().default(null),
  signOffFileId: z.string().nullable().default(null),
  cancelledOn: BusinessDate.nullable().default(null),
  delivery: Delivery.nullable().default(null).meta({ description: 'How its delivery note was sent, the last time.' }),
  link: z
    .string()
    .nullable()
    .default(null)
    .meta({ description: 'The page where the customer sees it; from when it was sent, for 90 days.' }),
})

export const CreateShipment = shapes.create
  .extend({
    lines: linesOf(ShipmentLineInput),
    dispatch: z.boolean().nullish().meta({ description: 'Dispatches it at once, in the same transaction.' }),
  })
  .meta({ id: 'CreateShipment' })
export const ChangeShipment = shapes.patch
  .omit({ customerId: true, number: true, currency: true, exchangeRate: true, pricesIncludeTax: true })
  .extend({ lines: linesOf(ShipmentLineInput).optional() })
  .meta({ id: 'ChangeShipment' })

const Return = z
  .object({
    id: z.string(),
    on: BusinessDate,
    mode: z.enum(['refund', 'replace']),
    reason: z.string().nullable().default(null),
    amount: Money.meta({ description: 'What the customer is credited with.' }),
    lines: z.array(z.object({ line: z.string(), quantity: z.string() })),
  })
  .meta({ id: 'ShipmentReturn' })

const always = { number: fields.number, shippedOn: fields.shippedOn, currency: fields.currency }
const whole = shapes.resource.extend({
  ...always,
  exchangeRate: z.string().meta({ examples: ['1'] }),
  pricesIncludeTax: fields.pricesIncludeTax,
  lines: z.array(ShipmentLine),
  returns: z.array(Return),
})
export const Shipment = whole.meta({ id: 'Shipment' })

const detailFields = ['lines', 'deliverTo', 'notes', 'paymentTerms', 'returns', 'openings', 'waiting', 'replaced', 'delivery'] as const
const notInRows = { lines: true, deliverTo: true, notes: true, paymentTerms: true, returns: true, delivery: true, link: true } as const
/** A row of a list: without its lines and what else is long. */
export const ShipmentRow = whole.omit(notInRows).meta({ id: 'ShipmentRow' })

const ReturnRecord = z.object({
  id: z.string(),
  on: z.string(),
  mode: z.enum(['refund', 'replace']),
  reason: z.string().optional(),
  amount: z.int(),
  lines: z.array(z.object({ line: z.string(), quantity: z.string() })),
})

export const ShipmentRecord = shapes.record.extend({
  ...always,
  exchangeRate: z.string().meta({ examples: ['1'] }),
  pricesIncludeTax: fields.pricesIncludeTax,
  status: ShipmentStatus,
  ownerId: z.string().optional(),
  /** The products of its lines, in short. */
  goods: z.string().optional(),
  salesRepId: z.string().optional(),
  /** Who sold the orders on it that `salesRepId` did not sell. */
  otherReps: z.array(z.object({ of: z.string(), repId: z.string() })).optional(),
  lines: z.array(ShipmentLineRecord),
  netTotal: z.int(),
  taxTotal: z.int(),
  total: z.int(),
  printCount: z.int().optional(),
  dispatchedAt: Instant.optional(),
  signedOn: z.string().optional(),
  signedBy: z.string().optional(),
  signOffFileId: z.string().optional(),
  cancelledOn: z.string().optional(),
  returns: z.array(ReturnRecord).optional(),
  delivery: StoredDelivery.optional(),
  formerDeliveries: z.array(StoredDelivery).optional(),
  /** Its import was taken back: its number and externalId are free again. */
  takenBack: z.literal(true).optional(),
  /** What its dispatch opened by instalments, and what of them waits for the sign-off. */
  openings: z.array(StoredOpening).optional(),
  waiting: z.array(StoredOpening).optional(),
  /** What of it, of orders that are paid by instalments, took the place of goods that came back: owed by their terms. */
  replaced: z.array(z.object({ of: z.string(), amount: z.int(), base: z.int() })).optional(),
})
export type Shipment = z.output<typeof ShipmentRecord>
export const shipmentDetail: readonly (keyof Shipment & string)[] = [...detailFields, 'formerDeliveries', 'otherReps']
