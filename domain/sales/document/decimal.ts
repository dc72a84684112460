import Big from 'big.js'
import * as z from 'zod'
import { rule } from '../../kernel/parse-input.ts'

const plain = /^-?(0|[1-9]\d*)(\.\d+)?$/

interface Bounds {
  /** Begins the codes of the faults, e.g. `line.quantity`. */
  code: string
  least: 'zero' | 'above-zero'
  /** Exclusive for quantities and prices, which are limited by their digits; inclusive for percentages. */
  most: number
  decimals: number
}

const trimmed = (text: string) => (text.includes('.') ? text.replace(/\.?0+$/, '') : text).replace(/^-0$/, '0')

/**
 * An exact number of a document, as decimal string or number in and decimal string out, each of its faults under a code of its
 * own: `<code>-invalid`, `-negative` or `-not-positive`, `-too-precise`, `-too-large`.
 */
export const ruledDecimal = ({ code, least, most, decimals }: Bounds) => {
  const isPlain = (text: string) => plain.test(text)
  const then = (right: (text: string) => boolean) => (value: string | number) => !isPlain(String(value)) || right(String(value))
  const isHigh = (text: string) => (least === 'zero' ? Number(text) >= 0 : Number(text) > 0)
  const low = least === 'zero' ? rule(`${code}-negative`, 'must not be negative') : rule(`${code}-not-positive`, 'must be more than zero')
  return z
    .union([z.string().max(40), z.number()], { error: 'must be a decimal, as a number or a string' })
    .refine((value) => isPlain(String(value)), rule(`${code}-invalid`, 'must be a plain decimal, without exponent or separators'))
    .refine(then(isHigh), low)
    .refine(
      then((text) => (text.split('.')[1]?.length ?? 0) <= decimals),
      rule(`${code}-too-precise`, `must have at most ${decimals} decimals`),
    )
    .refine(
      then((text) => Number(text) <= most),
      rule(`${code}-too-large`, `must be at most ${most}`),
    )
    .transform((value) => trimmed(String(value)))
}

/** Quantities have at most 6 decimals and stay below a thousand million. */
export const Quantity = ruledDecimal({ code: 'line.quantity', least: 'above-zero', most: 999_999_999, decimals: 6 }).meta({
  description: 'More than zero, with at most 6 decimals.',
  examples: ['5000'],
})

/** A price per unit, in the currency of its document. */
export const LinePrice = ruledDecimal({ code: 'line.price', least: 'zero', most: 999_999_999_999, decimals: 6 }).meta({
  description: 'Per unit, in the currency of the document, with at most 6 decimals; with or without tax as the document says.',
  examples: ['12.5'],
})

/** A quantity as a whole number of millionths, in which tallies count. */
export const toMicro = (quantity: string): number => {
  const [whole = '0', part = ''] = quantity.split('.')
  return Number(`${whole}${part.padEnd(6, '0')}`)
}

/** Millionths as the quantity that they are. */
export const fromMicro = (micro: number): string => {
  const digits = String(Math.abs(micro)).padStart(7, '0')
  return `${micro < 0 ? '-' : ''}${trimmed(`${digits.slice(0, -6)}.${digits.slice(-6)}`)}`
}

/** The share of an amount that `part` is of the whole, half up; nothing of a whole that is nothing. */
export const proportion = (amount: number, part: number, whole: number): number =>
  whole === 0 ? 0 : Number(new Big(amount).times(part).div(whole).round(0, Big.roundHalfUp))
