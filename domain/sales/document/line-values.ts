import { Problem } from '../../kernel/errors.ts'
import { decimalValue } from '../../kernel/figure-values.ts'
import { taxRates } from './line.ts'

const exemptWords = ['exempt', '免税', '免征']

/** A rate of tax as people write it: 13, 13%, 0.13, 免税. */
export function taxRateValue(_: unknown, text: string): string {
  const plain = text.normalize('NFKC').trim().toLowerCase()
  if (exemptWords.includes(plain)) return 'exempt'
  const number = Number(plain.replace('%', ''))
  const percent = String(!plain.includes('%') && number > 0 && number < 1 ? Math.round(number * 100) : number)
  if (plain !== '' && (taxRates as readonly string[]).includes(percent)) return percent
  throw new Problem(
    'invalid',
    'row.value-invalid',
    `${JSON.stringify(text.slice(0, 60))} is no rate of tax. Write one of ${taxRates.join(', ')}.`,
  )
}

const off = /^(\d(?:\.\d+)?|\d{2})折$/

/** A discount in percent as people write it: 15, 15%, 0.15, and 8.5折 for what is left. 422 `row.discount-invalid`. */
export function discountValue(ctx: { tenant: { timeZone: string; currency: string } }, text: string): string {
  const plain = text.normalize('NFKC').replaceAll(/\s/g, '')
  const left = off.exec(plain)?.[1]
  if (left) return String(Math.round((100 - Number(left) * (left.length === 2 ? 1 : 10)) * 1e6) / 1e6)
  const number = decimalValue('discount')(ctx, plain.replace(/%$/, ''))
  const isShare = !plain.endsWith('%') && Number(number) > 0 && Number(number) < 1
  return isShare ? String(Math.round(Number(number) * 1e8) / 1e6) : number
}
