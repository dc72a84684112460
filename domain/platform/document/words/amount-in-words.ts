import { currencyDigits } from '../../../kernel/currencies.ts'
import { type Money, minor } from '../../../kernel/money.ts'
import type { Locale } from '../../../kernel/text.ts'
import { decimalInChinese, yuanInChinese } from './chinese-amount.ts'
import { amountInEnglish } from './english-amount.ts'

/** What stands before the figures; these are counted in 元, 角, 分 in Chinese. */
const yuanCurrencies: Record<string, string> = {
  CNY: '人民币',
  HKD: '港币',
  MOP: '澳门币',
  TWD: '新台币',
  USD: '美元',
  EUR: '欧元',
  AUD: '澳元',
  CAD: '加元',
  NZD: '新西兰元',
  SGD: '新加坡元',
}

let chineseNames: Intl.DisplayNames | undefined

/** `英镑`. */
function chineseName(currency: string): string {
  chineseNames ??= new Intl.DisplayNames('zh-CN', { type: 'currency' })
  return chineseNames.of(currency) ?? currency
}

/** `Chinese yuan`, `US dollars`: the plural, with its first letter large. */
function englishName(currency: string): string {
  const parts = new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'name' }).formatToParts(2)
  const name = parts.find(({ type }) => type === 'currency')!.value
  return `${name[0]!.toUpperCase()}${name.slice(1)}`
}

/**
 * An amount in words, as it stands on documents so that no figure is changed afterwards: `人民币壹仟贰佰叁拾肆元伍角` and
 * `US dollars one thousand two hundred thirty-four and 50/100 only`.
 */
export function amountInWords(amount: Money, locale: Locale): string {
  const { currency } = amount
  const [units, decimals] = [minor(amount), currencyDigits(currency)!]
  if (locale === 'en') return `${englishName(currency)} ${amountInEnglish(units, decimals)}`
  const name = yuanCurrencies[currency]
  return name ? `${name}${yuanInChinese(units)}` : `${chineseName(currency)}${decimalInChinese(units, decimals)}`
}
