import * as z from 'zod'
import { BusinessDate, Instant } from '../../kernel/dates.ts'
import { Currency, Money } from '../../kernel/money.ts'
import { Email, line, paragraph } from '../../kernel/text.ts'
import { CustomerId } from '../../parties/index.ts'

/** Which statement of a customer: a span of days, in one currency. */
export interface StatementPeriod {
  from: string
  to: string
  currency: string
}

/** What a customer said to a statement, and to which closing balance: the latest word stands. */
export interface StatementAnswer {
  kind: 'confirmed' | 'objected'
  on: string
  at: string
  /** By the customer on the page of the statement; else entered by the firm. */
  online: boolean
  closing: number
  by?: string | undefined
  comment?: string | undefined
}

const span = {
  from: BusinessDate.optional().meta({
    description: 'First day; left out with `to`: the last period that has ended, by the customer’s cut-off day.',
  }),
  to: BusinessDate.optional().meta({ description: 'Last day.' }),
  currency: Currency.optional().meta({ description: 'That of the firm when left out: a statement is in one currency.' }),
}

export const StatementQuery = z.object(span)
export type StatementQuery = z.output<typeof StatementQuery>

const movementKinds = [
  'shipment',
  'receivable',
  'return',
  'credit-note',
  'receipt',
  'deduction',
  'refund',
  'write-off',
  'reversal',
] as const

const text = z.string().nullable()

const StatementRow = z
  .object({
    on: BusinessDate,
    kind: z.enum(movementKinds),
    id: z.string().meta({ description: 'The shipment, receivable, receipt, credit note or write-off.' }),
    number: text,
    customerPo: text,
    description: text,
    model: text,
    quantity: text,
    unit: text,
    unitPrice: text,
    charge: Money.nullable().meta({ description: 'What raises the balance.' }),
    payment: Money.nullable().meta({ description: 'What lowers it.' }),
    balance: Money.meta({ description: 'The balance behind it.' }),
  })
  .meta({ id: 'StatementMovement' })

const online = z.boolean().meta({ description: 'By the customer on the page of the statement; else entered by the firm.' })

/** A confirmation by the customer, of the very figures that it was shown. */
const Confirmation = z.object({ confirmedOn: BusinessDate, confirmedBy: text, confirmedAt: Instant, closing: Money, online })
const Objection = z.object({ objectedOn: BusinessDate, objectedBy: text, objectedAt: Instant, comment: text, closing: Money, online })

/** How a statement goes out: by mail with the PDF, by a link to pass on, or printed. */
const statementChannels = ['email', 'link', 'paper'] as const

const StatementDelivery = z
  .object({
    id: z.string().meta({ examples: ['stm_01JD8ZQ4T5M6N7P8Q9R0S1T2V3'] }),
    at: Instant,
    by: z.string().meta({ description: 'Who sent it.' }),
    channel: z.enum(statementChannels),
    to: z.array(z.string()),
    subject: text,
    message: text,
    closing: Money.meta({ description: 'The closing balance that it had.' }),
  })
  .meta({ id: 'StatementDelivery' })
export type StatementDelivery = z.output<typeof StatementDelivery>

export const Statement = z
  .object({
    customerId: CustomerId,
    from: BusinessDate,
    to: BusinessDate,
    currency: Currency,
    opening: Money,
    charged: Money,
    paid: Money,
    closing: Money,
    overdue: Money.meta({ description: 'Of the receivables what is over its due day at the end of the period.' }),
    movements: z.array(StatementRow).max(100_000),
    otherCurrencies: z.array(Currency).max(200).meta({ description: 'Currencies that have statements of their own.' }),
    confirmation: Confirmation.nullable().meta({ description: 'What the customer confirmed of this period; null while it has not.' }),
    objection: Objection.nullable().meta({
      description: 'What the customer objects to; the latest word stands, this or the confirmation.',
    }),
    deliveries: z.array(StatementDelivery).max(20).meta({ description: 'How it was sent, the latest first.' }),
    link: text.meta({ description: 'The page where the customer sees and confirms it; from when it was sent.' }),
  })
  .meta({ id: 'Statement' })
export type Statement = z.input<typeof Statement>

export const ConfirmStatement = z
  .strictObject({
    from: BusinessDate,
    to: BusinessDate,
    currency: Currency.nullish(),
    closing: Money.meta({ description: 'The closing balance that the customer confirms; refused when it is another by now.' }),
    confirmedOn: BusinessDate.nullish().meta({ description: 'Today when left out.' }),
    confirmedBy: line(100).nullish().meta({ description: 'Who said so at the customer.' }),
  })
  .meta({ id: 'ConfirmStatement' })
export type ConfirmStatement = z.output<typeof ConfirmStatement>

export const SendStatement = z
  .strictObject({
    from: StatementQuery.shape.from.nullish(),
    to: StatementQuery.shape.to.nullish(),
    currency: Currency.nullish(),
    channel: z.enum(statementChannels).nullish().meta({ description: 'By mail unless said: with the PDF and the link to its page.' }),
    recipients: z
      .array(Email)
      .max(10)
      .nullish()
      .meta({ description: 'Of a mail; the primary contact, else the customer itself, when left out.' }),
    subject: line(200).nullish(),
    message: paragraph(4000).nullish().meta({ description: 'Stands in the mail above the link.' }),
    again: z.boolean().nullish().meta({ description: 'Send it once more although nothing has changed.' }),
  })
  .meta({ id: 'SendStatement' })
export type SendStatement = z.output<typeof SendStatement>
