import { buckets } from '../../finance/index.ts'
import { oneLine } from '../../kernel/html.ts'
import type { Locale } from '../../kernel/text.ts'
import { quietText, quoteText, reclaimWarningText } from '../../parties/index.ts'
import { dayText, moneyText, pastDayText, weekdayText } from '../wording.ts'
import type { DigestLine, DigestReader, Owed } from './digest.ts'
import { type Heading, spansDays } from './section-words.ts'

/** Everything the digest says, in one language. */
export interface DigestTexts {
  greeting(name: string): string
  count(customers: number): string
  /** The mark beside a line: how late, or which day; nothing when the heading says it all. */
  mark(daysLate: number, dueOn: string, section: Heading, day: string): string | undefined
  delivery(number: string): string
  /** What is owed: how much, by how many, how old where it is not all of one age, and what was promised. */
  owed(owed: Owed, amount: (minor: number) => string, day: string): string
  lastContact(date: string | undefined, day: string): string
  owner(name: string): string
  inPool: string
  call(phone: string): string
  log: string
  more(n: number): string
  footer(tenant: string): string
  private: string
}

const ages = ['notDue', ...buckets] as const

/** The ages of what is owed with their amounts, where there is more than one. */
function agesOf({ byBucket }: Owed, amount: (minor: number) => string, words: Record<(typeof ages)[number], string>): string[] {
  const found = ages.filter((age) => byBucket[age])
  return found.length > 1 ? found.map((age) => `${words[age]} ${amount(byBucket[age]!)}`) : []
}

const plural = (n: number, one: string, many = `${one}s`) => `${n} ${n === 1 ? one : many}`

const agesZh = { d1to30: '1–30 天', d31to60: '31–60 天', d61to90: '61–90 天', d91to180: '91–180 天', over180: '180 天以上' }
const agesEn = { d1to30: '1–30 days', d31to60: '31–60 days', d61to90: '61–90 days', d91to180: '91–180 days', over180: 'over 180 days' }

const zh: DigestTexts = {
  greeting: (name) => `${name}，您好`,
  count: (n) => `${n} 位`,
  mark: (daysLate, dueOn, section, day) => {
    if (section.kind === 'reclaim') return daysLate < 0 ? `还有 ${-daysLate} 天` : '今天'
    if (section.kind === 'quote' || section.kind === 'dormant') return undefined
    if (section.kind === 'delivery' && daysLate <= 0) return daysLate < 0 ? `还有 ${-daysLate} 天` : '今天'
    return daysLate > 0 ? `逾期 ${daysLate} 天` : spansDays(section) ? weekdayText(dueOn, 'zh-CN', day) : undefined
  },
  delivery: (number) => `订单 ${number} 交货`,
  owed: (owed, amount, day) => {
    const byAge = agesOf(owed, amount, { notDue: '未到期', ...agesZh })
    const promised = owed.promisedOn && `承诺 ${dayText(owed.promisedOn, 'zh-CN', day)} 付款`
    return [`${amount(owed.total)}，${owed.count} 笔`, byAge.join('，'), promised].filter(Boolean).join('；')
  },
  lastContact: (date, day) => (date ? `上次联系 ${pastDayText(date, 'zh-CN', day)}` : '还没有联系过'),
  owner: (name) => `负责人 ${name}`,
  inPool: '公海客户',
  call: (phone) => `拨打 ${phone}`,
  log: '记录结果',
  more: (n) => `还有 ${n} 项`,
  footer: (tenant) => `${tenant} 的每日提醒，只在有待办时发送。`,
  private: '链接只供您本人使用，请勿转发。',
}

const en: DigestTexts = {
  greeting: (name) => `Hello ${name}`,
  count: (n) => plural(n, 'customer'),
  mark: (daysLate, dueOn, section, day) => {
    if (section.kind === 'reclaim') return daysLate < 0 ? `${plural(-daysLate, 'day')} left` : 'today'
    if (section.kind === 'quote' || section.kind === 'dormant') return undefined
    if (section.kind === 'delivery' && daysLate <= 0) return daysLate < 0 ? `in ${plural(-daysLate, 'day')}` : 'today'
    return daysLate > 0 ? `${plural(daysLate, 'day')} late` : spansDays(section) ? weekdayText(dueOn, 'en', day) : undefined
  },
  delivery: (number) => `Delivery of ${number}`,
  owed: (owed, amount, day) => {
    const byAge = agesOf(owed, amount, { notDue: 'not due', ...agesEn })
    const promised = owed.promisedOn && `promised for ${dayText(owed.promisedOn, 'en', day)}`
    return [`${amount(owed.total)}, ${plural(owed.count, 'receivable')}`, byAge.join(', '), promised].filter(Boolean).join('; ')
  },
  lastContact: (date, day) => (date ? `Last contact ${pastDayText(date, 'en', day)}` : 'Not contacted yet'),
  owner: (name) => `Owner ${name}`,
  inPool: 'Public pool',
  call: (phone) => `Call ${phone}`,
  log: 'Log result',
  more: (n) => `and ${n} more`,
  footer: (tenant) => `Your daily reminder from ${tenant}, sent only when something is due.`,
  private: 'The links are yours alone: please do not forward them.',
}

/** What is owed, in the words and the currency of the reader. */
export const owedText = (owed: Owed, { locale, currency }: DigestReader, day: string): string =>
  digestTexts[locale].owed(owed, (minor) => moneyText(minor, currency, locale), day)

/** What a line is about, in the words of its plan or, where there is none, in ours. */
export function subjectOf(
  { subject, dueOn, owed, quote, quiet, fact }: Pick<DigestLine, 'subject' | 'dueOn' | 'owed' | 'quote' | 'quiet' | 'fact'>,
  section: Heading,
  day: string,
  reader: DigestReader,
): string {
  if (owed) return owedText(owed, reader, day)
  if (quote) return quoteText(quote, reader.locale, day)
  if (quiet) return quietText(quiet, reader.locale, day)
  if (section.kind === 'delivery') return digestTexts[reader.locale].delivery(subject)
  return fact ? reclaimWarningText(fact, weekdayText(dueOn, reader.locale, day), reader.locale) : subject
}

export const digestTexts: Record<Locale, DigestTexts> = { 'zh-CN': zh, en }

/** Whose a line is: somebody else's, or nobody's. */
export const ownerOf = ({ ownerName, inPool }: DigestLine, texts: DigestTexts): string | undefined =>
  ownerName ? texts.owner(oneLine(ownerName)) : inPool && texts.inPool
