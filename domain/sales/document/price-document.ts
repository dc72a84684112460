import Big from 'big.js'
import { invalid } from '../../kernel/errors.ts'
import { allocate, minor, roundToMinor } from '../../kernel/money.ts'
import type { Discount } from './discount.ts'
import type { TaxRate } from './line.ts'

/** What of a line its amounts follow from. */
interface Priced {
  quantity: string
  unitPrice: string
  discountPercent?: string | undefined
  taxRate: TaxRate
}

export interface Amounts {
  net: number
  tax: number
  gross: number
}

/** All in minor units of the currency of the document. */
export interface Totals {
  netTotal: number
  taxTotal: number
  /** Everything that was taken off, on lines and on the whole, as the prices are: with or without tax. */
  discountTotal: number
  total: number
}

interface ToPrice<L extends Priced> {
  currency: string
  pricesIncludeTax: boolean
  lines: readonly L[]
  discount?: Discount | undefined
}

/** Larger amounts are no document but a slip; sums of thousands of this are still exact. */
export const mostMinor = 10 ** 14

/** A half goes up. */
const rounded = (units: Big): number => Number(units.round(0, Big.roundHalfUp))

const rateOf = (taxRate: TaxRate): Big => new Big(taxRate === 'exempt' ? 0 : taxRate).div(100)

/** The line before the discount of the document, and what its own discount took off. */
function lineAmount({ quantity, unitPrice, discountPercent }: Priced, currency: string, index: number) {
  const list = new Big(quantity).times(unitPrice)
  try {
    const whole = roundToMinor(list, currency)
    const amount = discountPercent ? roundToMinor(list.times(new Big(100).minus(discountPercent)).div(100), currency) : whole
    if (whole <= mostMinor) return { amount, off: whole - amount }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
  }
  throw invalid('document.amount-too-large', `/lines/${index}`, `The amount of this line is larger than any that is kept in ${currency}.`)
}

/** The discount of the whole document in minor units. */
function discountOf(discount: Discount | undefined, sum: number, currency: string): number {
  if (!discount) return 0
  if ('percent' in discount) return rounded(new Big(sum).times(discount.percent).div(100))
  if (discount.amount.currency !== currency)
    throw invalid('document.currency-mismatch', '/discount/amount/currency', `This document is in ${currency}; amounts in it must be too.`)
  const off = minor(discount.amount)
  if (off > sum) throw invalid('document.discount-too-large', '/discount/amount', 'The discount is more than the lines come to.')
  return off
}

/**
 * Tax included: of the rounded gross line tax = round(gross × r / (1 + r)), and the rest is net. Excluded: tax is taken on the
 * rounded net line. Half a minor unit is rounded up.
 */
export function taxed(amount: number, taxRate: TaxRate, pricesIncludeTax: boolean): Amounts {
  const rate = rateOf(taxRate)
  if (!pricesIncludeTax) {
    const tax = rounded(rate.times(amount))
    return { net: amount, tax, gross: amount + tax }
  }
  const tax = rounded(rate.times(amount).div(rate.plus(1)))
  return { net: amount - tax, tax, gross: amount }
}

/**
 * The amounts of a document: each line rounded half up, the discount of the document spread over the lines by the largest
 * remainder, tax by line, and the totals as the sums of the lines (domain: Documents). Pure. 422 `document.currency-mismatch`,
 * `document.discount-too-large`, `document.amount-too-large`.
 */
export function priceDocument<L extends Priced>(document: ToPrice<L>): Totals & { lines: (L & Amounts)[] } {
  const { currency, lines } = document
  const raw = lines.map((line, index) => lineAmount(line, currency, index))
  const sum = raw.reduce((all, { amount }) => all + amount, 0)
  if (sum > mostMinor) throw invalid('document.amount-too-large', '/lines', `The document comes to more than is kept in ${currency}.`)
  const off = discountOf(document.discount, sum, currency)
  const shares =
    off === 0
      ? raw.map(() => 0)
      : allocate(
          off,
          raw.map(({ amount }) => amount),
        )
  const priced = lines.map((line, i) => ({ ...line, ...taxed(raw[i]!.amount - shares[i]!, line.taxRate, document.pricesIncludeTax) }))
  const sumOf = (field: keyof Amounts) => priced.reduce((all, line) => all + line[field], 0)
  return {
    lines: priced,
    netTotal: sumOf('net'),
    taxTotal: sumOf('tax'),
    discountTotal: off + raw.reduce((all, { off }) => all + off, 0),
    total: sumOf('gross'),
  }
}
