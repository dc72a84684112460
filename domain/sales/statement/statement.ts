import * as z from 'zod'
import { BusinessDate, Instant } from '../../kernel/dates.ts'
import { Currency, Money } from '../../kernel/money.ts'
import { line } from '../../kernel/text.ts'
import { CustomerId } from '../../parties/index.ts'

const span = {
  from: BusinessDate.optional().meta({
    description: 'First day; left out with `to`: the last period that has ended, by the customer’s cut-off day.',
  }),
  to: BusinessDate.optional().meta({ description: 'Last day.' }),
  currency: Currency.optional().meta({ description: 'That of the firm when left out: a statement is in one currency.' }),
}

export const StatementQuery = z.object(span)
export type StatementQuery = z.output<typeof StatementQuery>

export const movementKinds = [
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

/** A confirmation by the customer, of the very figures that it was shown. */
const Confirmation = z.object({ confirmedOn: BusinessDate, confirmedBy: text, confirmedAt: Instant, closing: Money })

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
