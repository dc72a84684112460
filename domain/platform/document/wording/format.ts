import type { Locale } from '../../../kernel/text.ts'

/** How days, amounts and quantities are written on documents. */

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `2026年11月21日` or `21 Nov 2026`. */
export function dateText(date: string, locale: Locale): string {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number]
  return locale === 'en' ? `${day} ${months[month - 1]} ${year}` : `${year}年${month}月${day}日`
}

/** The short form for tables. */
export const shortDate = (date: string, locale: Locale): string => (locale === 'en' ? dateText(date, locale) : date)

/** `1,234.50`: a decimal string with its thousands set apart, all its decimals kept. */
export function grouped(decimal: string): string {
  const [whole = '', behind] = decimal.split('.')
  const text = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return behind === undefined ? text : `${text}.${behind}`
}

/** A unit price with two decimals at least: `12.8` is `12.80`, `0.0125` stays. */
export function priceText(decimal: string): string {
  const [whole = '', behind = ''] = decimal.split('.')
  return grouped(`${whole}.${behind.padEnd(2, '0')}`)
}

const signs: Record<string, string> = { CNY: '¥', USD: 'US$', EUR: '€', GBP: '£', JPY: 'JP¥', HKD: 'HK$' }

/** An amount with the sign of its currency, or its code: `¥33,800.00`, `CHF 120.00`. */
export function amountText(amount: string, currency: string): string {
  const sign = signs[currency] ?? `${currency} `
  return amount.startsWith('-') ? `-${sign}${grouped(amount.slice(1))}` : `${sign}${grouped(amount)}`
}

/** True for `0`, `0.00`, `-0.00`. */
export const isZero = (decimal: string): boolean => /^-?0+(\.0+)?$/.test(decimal)
