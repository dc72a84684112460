import { dateValue } from './cell-values.ts'
import { currencyDigits } from './currencies.ts'
import { currencyBySign, currencySignIn } from './currency-signs.ts'
import { Problem } from './errors.ts'
import { digitsOf } from './money.ts'
import { quoted } from './text.ts'

/** Figures as people and banks write them into cells, each with a code of its own for what cannot be read. */

type Zoned = { tenant: { timeZone: string; currency: string } }
type Read<T> = (ctx: Zoned, text: string) => T

const unreadable = (code: string, message: string) => new Problem('invalid', code, message)

/** A reader whose cells that cannot be read have a code of their own, e.g. `row.issued-on-invalid`. */
export const coded =
  <T>(code: string, read: (ctx: never, text: string) => T): Read<T> =>
  (ctx, text) => {
    try {
      return read(ctx as never, text)
    } catch (error) {
      throw error instanceof Problem ? new Problem('invalid', code, error.message) : error
    }
  }

/** What stands in a column of days; `name` is the field, of which the code is made. */
export const dayValue = (name: string): Read<string> => coded(`row.${name}-invalid`, dateValue)

/** An amount with its currency where the cell names one: 1,234.50, ￥1,234, 1234.5 USD, and (1,234.50) for less than nothing. */
export interface Figure {
  amount: string
  currency?: string
  /** $, ¥ or 元, which several currencies have. */
  sign?: string
}

// Maps, as everywhere where callers' texts are looked up: in an object `constructor` would be found.
const signs = new Map(Object.entries({ '€': 'EUR', '£': 'GBP', us$: 'USD', hk$: 'HKD', rmb: 'CNY' }))

/** The number of a cell without separators; undefined for what is none. */
function plainNumber(text: string): string | undefined {
  const bare = text.replaceAll(/[\s,'_]/g, '')
  const [, inBrackets] = /^\((.+)\)$/.exec(bare) ?? []
  const number = inBrackets === undefined ? bare : `-${inBrackets}`
  const [, sign, digits] = /^([+-]?)(\d{1,15}(?:\.\d{1,10})?|\.\d{1,10})$/.exec(number) ?? []
  if (digits === undefined) return undefined
  const whole = (digits.startsWith('.') ? `0${digits}` : digits).replace(/^0+(?=\d)/, '')
  return `${sign === '-' ? '-' : ''}${whole}`
}

/** What stands in a column of amounts; `name` is the field. */
export const figureValue =
  (name: string): Read<Figure> =>
  (_, text) => {
    const plain = text
      .normalize('NFKC')
      .replaceAll(/[元圆整]/g, '')
      .trim()
    const [, before = '', middle = '', after = ''] = /^([a-z$]{1,3}|[¥€£])?\s*(.*?)\s*([a-z]{3})?$/i.exec(plain) ?? []
    const word = (before || after).toLowerCase()
    const code = signs.get(word) ?? word.toUpperCase()
    const amount = plainNumber(middle.replace(/[¥$]/, ''))
    const isNamed = currencyDigits(code) !== undefined
    if (amount === undefined || (word !== '' && !isNamed && word !== '¥' && word !== '$'))
      throw unreadable(`row.${name}-invalid`, `${quoted(text)} is no amount. Write it as 1234.50, or 1234.50 USD.`)
    if (isNamed) return { amount, currency: code }
    const sign = currencySignIn(text)
    return { amount, ...(sign === undefined ? {} : { sign }) }
  }

/** A decimal as people write it, with separators and signs of currencies; `name` is the field. */
export const decimalValue =
  (name: string): Read<string> =>
  (_, text) => {
    const plain = plainNumber(text.normalize('NFKC').replaceAll(/[¥€$£元]/g, ''))
    if (plain !== undefined) return plain.includes('.') ? plain.replace(/\.?0+$/, '') : plain
    throw unreadable(`row.${name}-invalid`, `${quoted(text)} is no number. Write it as 1234.50.`)
  }

const currencyNames = new Map(
  Object.entries({
    人民币: 'CNY',
    元: 'CNY',
    rmb: 'CNY',
    美元: 'USD',
    美金: 'USD',
    欧元: 'EUR',
    港币: 'HKD',
    港元: 'HKD',
    日元: 'JPY',
    英镑: 'GBP',
    韩元: 'KRW',
    新台币: 'TWD',
    台币: 'TWD',
    新加坡元: 'SGD',
    澳元: 'AUD',
    加元: 'CAD',
  }),
)

/** A currency by its code or its Chinese name. 422 `row.currency-invalid`. */
export const currencyValue: Read<string> = (_, text) => {
  const plain = text.normalize('NFKC').trim()
  const code = currencyNames.get(plain.toLowerCase()) ?? plain.toUpperCase()
  if (currencyDigits(code) !== undefined) return code
  throw unreadable('row.currency-invalid', `${quoted(text)} is no currency. Write its code, such as CNY or USD.`)
}

/**
 * The money that a figure says: in its own currency, else that of the row, else that of the firm. 422 `row.currency-mismatch` where
 * the cell names another currency than the column, or has the sign of another one.
 */
export function moneyOf(
  ctx: Zoned,
  { amount, currency, sign }: Figure,
  ofRow: unknown,
  field: string,
): { amount: string; currency: string } {
  const differs = (detail: string) => {
    const errors = [{ pointer: `/${field}`, code: 'row.currency-mismatch', message: 'Two currencies.' }]
    return new Problem('invalid', 'row.currency-mismatch', detail, { errors })
  }
  if (currency !== undefined && ofRow !== undefined && currency !== ofRow)
    throw differs(`The amount is in ${currency}, and the row says ${ofRow}.`)
  const known = currency ?? (ofRow as string | undefined) ?? ctx.tenant.currency
  if (currency === undefined && currencyBySign(sign, known) !== known)
    throw differs(`The sign ${sign} is not that of ${known}. Write the code of the currency behind the amount, such as 1234.50 USD.`)
  return { amount: padded(amount, known), currency: known }
}

/** With all the decimals of the currency, as it is stored: a row that is imported again says the same. */
function padded(amount: string, currency: string): string {
  const digits = digitsOf(currency)
  const [whole = '0', decimals = ''] = amount.split('.')
  const rest = decimals.slice(digits)
  if (/[1-9]/.test(rest)) return amount
  const kept = decimals.slice(0, digits).padEnd(digits, '0')
  return digits === 0 ? whole : `${whole}.${kept}`
}
