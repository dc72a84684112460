import Big from 'big.js'
import * as z from 'zod'
import { currencyDigits } from './currencies.ts'
import { Problem } from './errors.ts'

/**
 * Money crosses the API as a decimal string with its currency; inside it is an integer of minor units, within the safe
 * integers (90 trillion yuan). Rates and unit prices are exact decimals (big.js) until a line is rounded half up.
 */

const AMOUNT = /^-?(0|[1-9]\d{0,15})(\.\d{1,6})?$/
const amountMessage = 'must be a decimal string such as "1234.50": no exponent, no separators, no leading zeros'

export const Currency = z
  .string()
  .refine((code) => currencyDigits(code) !== undefined, 'must be an active ISO 4217 currency code in capitals, such as CNY')
  .meta({ description: 'ISO 4217 currency code.', examples: ['CNY'] })

export interface Money {
  amount: string
  currency: string
}

export const Money = z
  .strictObject({ amount: z.string({ error: amountMessage }).regex(AMOUNT, { abort: true, error: amountMessage }), currency: Currency })
  .superRefine((value, check) => {
    const message = faultOf(value)
    if (message && currencyDigits(value.currency) !== undefined) check.addIssue({ code: 'custom', path: ['amount'], message })
  })
  .overwrite((value) => (faultOf(value) ? value : money(minor(value), value.currency)))
  .meta({
    id: 'Money',
    description: 'An amount of money with all the decimals of its currency.',
    examples: [{ amount: '1234.50', currency: 'CNY' }],
  })

/** Money that is zero or more: limits, prices, totals. */
export const NonNegativeMoney = Money.refine((value) => !value.amount.startsWith('-'), { path: ['amount'], error: 'must not be negative' })

const decimalMessage = 'must be a decimal with at most 12 digits before and 6 after the point, without exponent'
const DecimalText = z.string().regex(/^-?(0|[1-9]\d{0,11})(\.\d{1,6})?$/, decimalMessage)

/** An exact number: quantity, rate, percentage. A string or a number comes in, a string without trailing zeros goes out. */
export const Decimal = z
  .union([DecimalText, z.number()], { error: decimalMessage })
  .transform((value) => canonical(String(value)))
  .pipe(DecimalText)

const rateMessage = 'must be a decimal above 0 with at most 9 digits before and 10 after the point'

/** What one unit of a currency is worth in that of the books: up to 10 decimals, above zero. A string without trailing zeros goes out. */
export const ExchangeRate = z
  .union([z.string().regex(/^(0|[1-9]\d{0,8})(\.\d{1,10})?$/, rateMessage), z.number()], { error: rateMessage })
  .transform((value) => canonical(typeof value === 'number' ? decimalText(value) : value))
  .pipe(z.string().regex(/^(?!0$)(0|[1-9]\d{0,8})(\.\d{1,10})?$/, rateMessage))

/** The integer of minor units. Throws a RangeError on money that the schema would refuse. */
export function minor(value: Money): number {
  const fault = faultOf(value)
  if (fault) throw new RangeError(`${value.amount} ${value.currency}: ${fault}`)
  return Number(new Big(value.amount).times(10 ** digitsOf(value.currency))) + 0 // + 0 turns -0 into 0
}

/** Money from minor units: `money(123450, 'CNY')` is 1234.50 CNY. */
export function money(minorUnits: number, currency: string): Money {
  if (!Number.isSafeInteger(minorUnits)) throw new RangeError(`${minorUnits} minor units of ${currency} cannot be kept exactly.`)
  const digits = digitsOf(currency)
  return { amount: new Big(minorUnits + 0).div(10 ** digits).toFixed(digits), currency }
}

/** Minor units of an exact decimal amount, rounded half up (a half goes away from zero). */
export function roundToMinor(amount: Big | string | number, currency: string): number {
  const rounded = Number(new Big(amount).times(10 ** digitsOf(currency)).round(0, Big.roundHalfUp)) + 0
  if (!Number.isSafeInteger(rounded)) throw new RangeError(`The amount is too large to be kept exactly in ${currency}.`)
  return rounded
}

/** Minor units of another currency in those of the books, rounded half up. */
export const inBase = (minorUnits: number, from: { currency: string; exchangeRate: string }, base: string): number =>
  from.currency === base && from.exchangeRate === '1'
    ? minorUnits
    : roundToMinor(new Big(minorUnits).div(10 ** digitsOf(from.currency)).times(from.exchangeRate), base)

/** Sum of two amounts. Throws the problem `money.currency-mismatch`: converting is never implied. */
export function addMoney(a: Money, b: Money): Money {
  return money(minor(a) + minor(sameCurrency(a, b)), a.currency)
}

/**
 * Splits minor units in proportion to whole, non-negative weights by the largest remainder: the parts sum to the total exactly
 * and none is more than one unit from its share. Ties go to the earlier part; weights that are all zero count as equal.
 */
export function allocate(total: number, weights: number[]): number[] {
  if (weights.length === 0 || !weights.every((weight) => Number.isSafeInteger(weight) && weight >= 0)) {
    throw new RangeError('Allocate needs at least one weight, each a whole number of zero or more.')
  }
  const shares = weights.some((weight) => weight > 0) ? weights.map(BigInt) : weights.map(() => 1n)
  const sum = shares.reduce((a, b) => a + b)
  const amount = BigInt(Math.abs(total))
  const parts = shares.map((share, index) => ({ index, units: (amount * share) / sum, rest: (amount * share) % sum }))
  const left = Number(amount - parts.reduce((given, part) => given + part.units, 0n))
  const byRest = [...parts].sort((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1))
  for (const part of byRest.slice(0, left)) part.units += 1n
  return parts.map((part) => Math.sign(total) * Number(part.units) + 0)
}

function faultOf({ amount, currency }: Money): string | undefined {
  const digits = currencyDigits(currency)
  if (digits === undefined) return 'is not in an active ISO 4217 currency'
  if (!AMOUNT.test(amount)) return amountMessage
  if ((amount.split('.')[1]?.length ?? 0) > digits)
    return digits === 0 ? `must have no decimals in ${currency}` : `must have at most ${digits} decimals in ${currency}`
  if (!Number.isSafeInteger(Number(new Big(amount).times(10 ** digits)))) return `is too large for ${currency}`
}

/** How many decimals an amount in the currency has. A RangeError for what is none. */
export function digitsOf(currency: string): number {
  const digits = currencyDigits(currency)
  if (digits === undefined) throw new RangeError(`${currency} is not an active ISO 4217 currency.`)
  return digits
}

function sameCurrency(a: Money, b: Money): Money {
  if (a.currency !== b.currency)
    throw new Problem('invalid', 'money.currency-mismatch', `Cannot combine ${a.currency} with ${b.currency}: convert one of them first.`)
  return b
}

/** A number in plain digits: small rates would come out with an exponent. */
const decimalText = (value: number): string => (Number.isFinite(value) ? new Big(value).toFixed() : '')

function canonical(decimal: string): string {
  const trimmed = decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal
  return trimmed === '-0' ? '0' : trimmed
}
