import { Problem } from '../../kernel/errors.ts'
import { decimalValue } from '../../kernel/figure-values.ts'
import { quoted } from '../../kernel/text.ts'
import { taxRates } from './line.ts'

const exemptWords = ['exempt', '免税', '免征']

/** A share as a percentage: 0.13 is 13. */
const percentOf = (share: number): string => String(Math.round(share * 1e8) / 1e6)

/** A rate of tax as people write it: 13, 13%, 0.13, 免税. */
export function taxRateValue(_: unknown, text: string): string {
  const plain = text.normalize('NFKC').trim().toLowerCase()
  if (exemptWords.includes(plain)) return 'exempt'
  const [, written, sign] = /^(\d+(?:\.\d+)?)(%?)$/.exec(plain) ?? []
  const number = Number(written)
  const percent = !sign && number > 0 && number < 1 ? percentOf(number) : String(number)
  if ((taxRates as readonly string[]).includes(percent)) return percent
  throw new Problem('invalid', 'row.value-invalid', `${quoted(text)} is no rate of tax. Write one of ${taxRates.join(', ')}.`)
}

const off = /^(\d(?:\.\d+)?|\d{2})折$/

/**
 * A discount in percent as people write it: 15, 15%, 0.15, and what is left of a price in tenths or hundredths, 8.5折 or 85折;
 * 10折 is the whole price. 422 `row.discount-invalid`.
 */
export function discountValue(ctx: { tenant: { timeZone: string; currency: string } }, text: string): string {
  const plain = text.normalize('NFKC').replaceAll(/\s/g, '')
  const left = off.exec(plain)?.[1]
  if (left) return percentOf(1 - Number(left) / (Number(left) > 10 ? 100 : 10))
  const number = decimalValue('discount')(ctx, plain.replace(/%$/, ''))
  const isShare = !plain.endsWith('%') && Number(number) > 0 && Number(number) < 1
  return isShare ? percentOf(Number(number)) : number
}
