import { daysBetween } from '../../kernel/dates.ts'
import type { Locale } from '../../kernel/text.ts'

/** A sent quote that its owner is reminded of, as its due entries tell it: kept by sales, which takes them away when it is decided. */
export interface DueQuote {
  id: string
  ownerId: string
  dueOn: string
  customerId: string
  number: string
  validUntil: string
  why: 'unanswered' | 'expiring'
}

/** What is to be done about a quote, in words. */
export function quoteText(
  { number, why, validUntil }: Pick<DueQuote, 'number' | 'why' | 'validUntil'>,
  locale: Locale,
  day: string,
): string {
  const left = daysBetween(day, validUntil)
  if (locale === 'zh-CN') {
    if (why === 'unanswered') return `报价 ${number} 发出一周未答复，有效期至 ${validUntil}`
    return left === 0 ? `报价 ${number} 今天到期` : `报价 ${number} 还有 ${left} 天到期`
  }
  if (why === 'unanswered') return `Quote ${number} was sent a week ago and is unanswered; valid until ${validUntil}`
  return left === 0 ? `Quote ${number} ends today` : `Quote ${number} ends in ${left} ${left === 1 ? 'day' : 'days'}`
}

/** The quotes that entries up to a day tell of, each once, by what is more pressing; those that have ended by then are not told of. */
export function quotesDue(entries: readonly DueQuote[], day: string): DueQuote[] {
  const latest = new Map<string, DueQuote>()
  for (const entry of entries)
    if (entry.dueOn <= day && entry.validUntil >= day && (latest.get(entry.id)?.dueOn ?? '') <= entry.dueOn) latest.set(entry.id, entry)
  return [...latest.values()]
}
