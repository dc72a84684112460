import * as z from 'zod'
import { BusinessDate, Instant } from '../../kernel/dates.ts'
import { idOf } from '../../kernel/ids.ts'
import { Currency, ExchangeRate, Money } from '../../kernel/money.ts'
import { shapesOf } from '../../kernel/resource.ts'
import { line, paragraph } from '../../kernel/text.ts'
import { CustomerId, PaymentTerms } from '../../parties/index.ts'
import { Discount, StoredDiscount } from '../document/discount.ts'
import { DocumentLine, LineChange, LineInput, LineRecord, linesOf } from '../document/line.ts'
import { Delivery, StoredDelivery } from '../sending/delivery.ts'

const QuoteId = idOf('quo').meta({ description: 'Id of a quote', example: 'quo_01JD8ZQ4T5M6N7P8Q9R0S1T2V3' })

/** As it is stored. That a sent quote has expired follows from the day it is looked at. */
const storedStatuses = ['draft', 'sent', 'accepted', 'rejected', 'superseded'] as const
export type StoredStatus = (typeof storedStatuses)[number]
export const quoteStatuses = ['draft', 'sent', 'expired', 'accepted', 'rejected', 'superseded'] as const
export const QuoteStatus = z.enum(quoteStatuses)
export type QuoteStatus = z.output<typeof QuoteStatus>

const fields = {
  customerId: CustomerId,
  contactId: idOf('con').meta({ description: 'Whom it is for; a contact of the customer.' }),
  number: line(60).meta({ description: 'Given by the firm when left out; unique, the same for all revisions.' }),
  quotedOn: BusinessDate.meta({ description: 'The business date; today when left out.' }),
  validUntil: BusinessDate.meta({ description: 'The last day on which it can be accepted; 30 days ahead when left out.' }),
  currency: Currency.meta({ description: 'That of the firm when left out.' }),
  exchangeRate: ExchangeRate.meta({ description: 'What one unit of the currency is worth in that of the books; fixed on the document.' }),
  pricesIncludeTax: z.boolean().meta({ description: 'Whether unit prices include the tax; as it is usual for the firm when left out.' }),
  reusable: z
    .boolean()
    .meta({ description: 'A price quote (价目报价): ordered from again and again, in any quantity, while it is valid.' }),
  discount: Discount,
  paymentTerms: PaymentTerms.meta({ description: 'Those of the customer when left out.' }),
  terms: paragraph(4000).meta({ description: 'Conditions that stand below the lines.' }),
  notes: paragraph(2000).meta({ description: 'Stands on the document.' }),
  templateId: idOf('dtp').meta({ description: 'The document template; that of the firm when left out.' }),
}

const By = z.strictObject({ name: line(100).nullish(), comment: paragraph(1000).nullish() })
const ByInput = z
  .union([By, line(100).transform((name) => ({ name }))])
  .nullish()
  .meta({ description: 'Who at the customer said so, and with what comment; the name alone will do.' })

export const AcceptQuote = z
  .strictObject({ by: ByInput, customerPo: line(100).nullish().meta({ description: "The customer's own order number." }) })
  .meta({ id: 'AcceptQuote' })
export const RejectQuote = z.strictObject({ reason: paragraph(1000).nullish(), by: ByInput }).meta({ id: 'RejectQuote' })

const Decision = z.object({
  at: Instant,
  on: BusinessDate,
  online: z.boolean().meta({ description: 'By the customer on the page of the quote; else entered by the firm.' }),
  name: z.string().nullable().default(null).meta({ description: 'Who at the customer decided.' }),
  comment: z.string().nullable().default(null),
  reason: z.string().nullable().default(null).meta({ description: 'Why it was declined.' }),
  customerPo: z.string().nullable().default(null),
})

const totals = { netTotal: Money, taxTotal: Money, discountTotal: Money, total: Money.meta({ description: 'With tax.' }) }
const shapes = shapesOf('Quote', QuoteId, fields, ['customerId'], {
  status: QuoteStatus,
  revision: z.int().meta({ description: 'From 1; the same number, each replaces the former.' }),
  ownerId: z.string().nullable().default(null).meta({ description: 'The owner of the customer.' }),
  formerId: QuoteId.nullable().default(null).meta({ description: 'The revision before.' }),
  supersededById: QuoteId.nullable().default(null).meta({ description: 'The revision that took its place.' }),
  ...totals,
  sentAt: Instant.nullable().default(null),
  link: z
    .string()
    .nullable()
    .default(null)
    .meta({ description: 'The page where the customer sees and answers it; from when it was sent.' }),
  delivery: Delivery.nullable().default(null).meta({ description: 'How it was sent, the last time.' }),
  decision: Decision.nullable().default(null).meta({ description: 'What the customer said to it.' }),
})

export const CreateQuote = shapes.create.extend({ lines: linesOf(LineInput) }).meta({ id: 'CreateQuote' })
export const ChangeQuote = shapes.patch
  .omit({ customerId: true, number: true })
  .extend({ lines: linesOf(LineChange).optional() })
  .meta({ id: 'ChangeQuote' })

const always = {
  number: fields.number,
  quotedOn: fields.quotedOn,
  validUntil: fields.validUntil,
  currency: fields.currency,
  exchangeRate: z.string().meta({ examples: ['1'] }),
  pricesIncludeTax: fields.pricesIncludeTax,
  reusable: fields.reusable,
}

/** A line as it is answered: with what was ordered of it by now. */
const QuoteLine = DocumentLine.extend({
  ordered: z.string().meta({ description: 'Quantity that orders have taken of it.' }),
}).meta({ id: 'QuoteLine' })

const whole = shapes.resource.extend({ ...always, discount: StoredDiscount.nullable().default(null), lines: z.array(QuoteLine) })
export const Quote = whole.meta({ id: 'Quote' })

/** What no list shows: it stands in an item of its own. */
export const detailFields = ['lines', 'discount', 'terms', 'notes', 'paymentTerms'] as const
const isDetail = Object.fromEntries(detailFields.map((field) => [field, true])) as Record<(typeof detailFields)[number], true>
export const QuoteRow = whole.omit({ ...isDetail, link: true }).meta({ id: 'QuoteRow' })

export const QuoteRecord = shapes.record.extend({
  ...always,
  discount: StoredDiscount.optional(),
  status: z.enum(storedStatuses),
  revision: z.int(),
  ownerId: z.string().optional(),
  /** The last place that was given to a line, where that line is gone. */
  lastPlace: z.int().optional(),
  /** The products of its lines, in short. */
  goods: z.string().optional(),
  formerId: z.string().optional(),
  supersededById: z.string().optional(),
  /** What it was before another revision took its place. */
  formerStatus: z.enum(storedStatuses).optional(),
  lines: z.array(LineRecord),
  netTotal: z.int(),
  taxTotal: z.int(),
  discountTotal: z.int(),
  total: z.int(),
  /** The total in minor units of the books. */
  base: z.int(),
  sentAt: Instant.optional(),
  /** The day on which it was first sent, in the zone of the firm. */
  sentOn: z.string().optional(),
  delivery: StoredDelivery.optional(),
  formerDeliveries: z.array(StoredDelivery).optional(),
  decision: Decision.optional(),
})
export type Quote = z.output<typeof QuoteRecord>

/** How many days a quote is valid when nothing is said. */
export const usualValidity = 30
