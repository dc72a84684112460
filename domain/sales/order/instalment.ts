import Big from 'big.js'
import * as z from 'zod'
import { BusinessDate } from '../../kernel/dates.ts'
import { invalid } from '../../kernel/errors.ts'
import { allocate, Money, minor, NonNegativeMoney } from '../../kernel/money.ts'
import { rule } from '../../kernel/parse-input.ts'
import { ruledDecimal } from '../document/decimal.ts'

const triggers = ['confirm', 'before-shipment', 'dispatch', 'signed', 'date'] as const
type Trigger = (typeof triggers)[number]

/** Those that wait for no shipment: they are owed as soon as the order is confirmed. */
export const isUpFront = (trigger: Trigger): boolean => trigger !== 'dispatch' && trigger !== 'signed'

const common = {
  trigger: z.enum(triggers).meta({
    description:
      'What it follows: the confirmation, the shipment (before-shipment: to be paid by the day of delivery), each dispatch or sign-off by its share of the order, or a date.',
  }),
  days: z.int().min(0).max(365).nullish().meta({ description: 'Days after that until it is due; 0 when left out.' }),
  on: BusinessDate.nullish().meta({ description: 'The due day, for the trigger date.' }),
}
const Percent = ruledDecimal({ code: 'instalment.percent', least: 'above-zero', most: 100, decimals: 4 })
const hasDay = ({ trigger, on }: { trigger: Trigger; on?: string | null | undefined }) => (trigger === 'date') === Boolean(on)
const isWorth = (one: object) => !('amount' in one) || Number((one.amount as Money).amount) > 0
const noWorth = { ...rule('instalment.amount-not-positive', 'must be more than zero'), path: ['amount', 'amount'] }
const noDay = rule('instalment.date-mismatch', 'must name its day with the trigger date, and only then')

/** A part of an order's total that is owed at a time of its own. */
export const InstalmentInput = z
  .union([z.strictObject({ percent: Percent, ...common }), z.strictObject({ amount: NonNegativeMoney, ...common })])
  .refine(hasDay, noDay)
  .refine(isWorth, noWorth)
  .meta({ id: 'InstalmentInput' })
export type InstalmentInput = z.output<typeof InstalmentInput>

export const mostInstalments = 12

/** As it is stored: the amount it comes to, in minor units. `isFixed` once it was opened: no amendment changes it any more. */
export const InstalmentRecord = z.object({
  percent: z.string().optional(),
  amount: z.int(),
  trigger: z.enum(triggers),
  days: z.int().optional(),
  on: z.string().optional(),
  isFixed: z.literal(true).optional(),
})
export type InstalmentRecord = z.output<typeof InstalmentRecord>

/** As it is answered. */
export const Instalment = z
  .object({
    percent: z.string().nullable().default(null),
    amount: Money,
    trigger: z.enum(triggers),
    days: z.int().nullable().default(null),
    on: BusinessDate.nullable().default(null),
  })
  .meta({ id: 'Instalment' })

const mismatch = (message: string) => invalid('order.instalments-mismatch', '/instalments', message)

function amountOf(given: InstalmentInput, total: number, currency: string, index: number): number {
  if ('percent' in given) return Number(new Big(given.percent).times(total).div(100).round(0, Big.roundHalfUp))
  if (given.amount.currency === currency) return minor(given.amount)
  const pointer = `/instalments/${index}/amount/currency`
  throw invalid('document.currency-mismatch', pointer, `This order is in ${currency}; its instalments must be too.`)
}

/**
 * The instalments of a total: together they are all of it, the last one takes what rounding leaves. 422
 * `order.instalments-mismatch` when they come to more or less, `document.currency-mismatch` for another currency.
 */
export function instalmentsOf(given: readonly InstalmentInput[], total: number, currency: string): InstalmentRecord[] {
  const amounts = given.map((one, i) => amountOf(one, total, currency, i))
  const percents = given.reduce((sum, one) => ('percent' in one ? sum.plus(one.percent) : sum), new Big(0))
  const rest = total - amounts.reduce((a, b) => a + b, 0)
  const isAllPercent = given.every((one) => 'percent' in one)
  if (isAllPercent ? !percents.eq(100) : Math.abs(rest) > given.filter((one) => 'percent' in one).length)
    throw mismatch(isAllPercent ? 'The percentages must come to 100.' : 'The instalments must come to the total of the order.')
  return given.map(({ trigger, days, on, ...one }, i) => ({
    ...('percent' in one ? { percent: one.percent } : {}),
    amount: amounts[i]! + (i === given.length - 1 ? rest : 0),
    trigger,
    ...(days ? { days } : {}),
    ...(on ? { on } : {}),
  }))
}

/** The instalments of an amended order: what was opened stays, the others share what is left of the new total as they shared it before. */
export function amendedInstalments(before: readonly InstalmentRecord[], total: number): InstalmentRecord[] {
  const fixed = before.reduce((sum, { isFixed, amount }) => (isFixed ? sum + amount : sum), 0)
  const open = before.filter(({ isFixed }) => !isFixed)
  if (total < fixed || (open.length === 0 && total !== fixed))
    throw mismatch('What is owed already by instalments does not fit the new total. Close the order, and order anew.')
  const shares =
    open.length > 0
      ? allocate(
          total - fixed,
          open.map(({ amount }) => amount),
        )
      : []
  return before.map((one) => (one.isFixed ? one : { ...one, amount: shares[open.indexOf(one)]! }))
}
