import { addDays, daysBetween, weekday } from '../kernel/dates.ts'
import { digitsOf } from '../kernel/money.ts'
import type { Locale } from '../kernel/text.ts'

/** How days and phone numbers are written in mails and on pages. */

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const weekdays = {
  'zh-CN': ['周一', '周二', '周三', '周四', '周五', '周六', '周日'],
  en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
}

/** `11月21日` or `21 Nov`; with its year when that is not the year of `today`. */
export function dayText(date: string, locale: Locale, today: string): string {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number]
  const sameYear = date.slice(0, 4) === today.slice(0, 4)
  if (locale === 'en') return `${day} ${months[month - 1]}${sameYear ? '' : ` ${year}`}`
  return `${sameYear ? '' : `${year}年`}${month}月${day}日`
}

/** `11月21日 周六` or `Sat 21 Nov`. */
export function weekdayText(date: string, locale: Locale, today: string): string {
  const name = weekdays[locale][weekday(date) - 1]
  return locale === 'en' ? `${name} ${dayText(date, locale, today)}` : `${dayText(date, locale, today)} ${name}`
}

/** A past day as people say it: today, yesterday, else the date. */
export function pastDayText(date: string, locale: Locale, today: string): string {
  if (daysBetween(date, today) === 0) return locale === 'en' ? 'today' : '今天'
  if (date === addDays(today, -1)) return locale === 'en' ? 'yesterday' : '昨天'
  return dayText(date, locale, today)
}

/** An amount in minor units as people write it: `¥12,000.00`. */
export function moneyText(minor: number, currency: string, locale: Locale): string {
  return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(minor / 10 ** digitsOf(currency))
}

/** The number for a `tel:` link; an extension (转, x, #) follows after a pause. Undefined when there is nothing to dial. */
export function telLink(phone: string): string | undefined {
  const [number = '', ...extensions] = phone.normalize('NFKC').split(/转|ext\.?|[x#,;]/i)
  const digits = number.replace(/[^\d+*]/g, '').replace(/(?!^)\+/g, '')
  if (!/\d{3}/.test(digits)) return undefined
  return [
    'tel:',
    digits,
    ...extensions.map((extension) => extension.replace(/\D/g, '')).map((extension) => extension && `,${extension}`),
  ].join('')
}
