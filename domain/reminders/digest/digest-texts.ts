import { buckets } from '../../finance/index.ts'
import { addDays } from '../../kernel/dates.ts'
import { oneLine } from '../../kernel/html.ts'
import type { Locale } from '../../kernel/text.ts'
import { quietText, quoteText, reclaimWarningText } from '../../parties/index.ts'
import { dayText, moneyText, pastDayText, weekdayText } from '../wording.ts'
import type { DigestLine, DigestReader, DigestSection, Owed, SectionKind } from './digest.ts'

type Counts = Partial<Record<SectionKind, number>>
type Heading = Pick<DigestSection, 'kind' | 'from' | 'to'>

/** Everything the digest says, in one language. */
export interface DigestTexts {
  /** The subject line, from the customers in each section. */
  subject(counts: Counts): string
  greeting(name: string): string
  heading(section: Heading, day: string): string
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

const spansDays = ({ from, to }: Heading) => from !== undefined && from !== to

type OwedKind = 'receivable-overdue' | 'receivable-today' | 'receivable-soon' | 'team-receivable'
const owedHeadings: Record<Locale, Record<OwedKind, string>> = {
  'zh-CN': {
    'receivable-overdue': '逾期应收',
    'receivable-today': '今日到期应收',
    'receivable-soon': '7 天内到期应收',
    'team-receivable': '团队逾期应收超过 7 天',
  },
  en: {
    'receivable-overdue': 'Overdue receivables',
    'receivable-today': 'Receivables due today',
    'receivable-soon': 'Receivables due within 7 days',
    'team-receivable': 'Your team: receivables over 7 days late',
  },
}
const isOwed = (kind: SectionKind): kind is OwedKind => kind in owedHeadings.en

const agesZh = { d1to30: '1–30 天', d31to60: '31–60 天', d61to90: '61–90 天', d91to180: '91–180 天', over180: '180 天以上' }
const agesEn = { d1to30: '1–30 days', d31to60: '31–60 days', d61to90: '61–90 days', d91to180: '91–180 days', over180: 'over 180 days' }

const zh: DigestTexts = {
  subject: (counts) => {
    const { today, overdue, tomorrow, reclaim, 'team-overdue': team } = counts
    const parts = [
      today && `今日联系 ${today} 位客户`,
      overdue && `逾期 ${overdue} 位`,
      reclaim && `即将回收 ${reclaim} 位`,
      counts.quote && `报价待跟进 ${counts.quote} 位`,
      counts.reorder && `该下单未下单 ${counts.reorder} 位`,
      counts.dormant && `沉睡客户 ${counts.dormant} 位`,
      counts.delivery && `待交货 ${counts.delivery} 位`,
      team && `团队逾期 ${team} 位`,
      counts['receivable-overdue'] && `逾期应收 ${counts['receivable-overdue']} 位`,
      counts['receivable-today'] && `今日到期应收 ${counts['receivable-today']} 位`,
      counts['team-receivable'] && `团队逾期应收 ${counts['team-receivable']} 位`,
    ].filter(Boolean)
    if (parts.length > 0) return parts.join('，')
    return tomorrow ? `接下来联系 ${tomorrow} 位客户` : `应收即将到期 ${counts['receivable-soon']} 位客户`
  },
  greeting: (name) => `${name}，您好`,
  heading: (section, day) => {
    if (section.kind === 'overdue') return '已逾期'
    if (section.kind === 'reclaim') return '即将回收到公海'
    if (section.kind === 'quote') return '报价待跟进'
    if (section.kind === 'reorder') return '该下单未下单'
    if (section.kind === 'dormant') return '沉睡客户'
    if (section.kind === 'delivery') return '待交货'
    if (section.kind === 'team-overdue') return '团队逾期超过 7 天'
    if (isOwed(section.kind)) return owedHeadings['zh-CN'][section.kind]
    if (section.kind === 'today') return '今天'
    if (!spansDays(section) && section.to === addDays(day, 1)) return '明天'
    return `至${weekdayText(section.to, 'zh-CN', day)}`
  },
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
  subject: (counts) => {
    const { today, overdue, tomorrow, reclaim, 'team-overdue': team } = counts
    const parts = [
      today && `${today} to contact today`,
      overdue && `${overdue} overdue`,
      reclaim && `${reclaim} about to go to the pool`,
      counts.quote && `${counts.quote} with a quote to follow up`,
      counts.reorder && `${counts.reorder} overdue to order`,
      counts.dormant && `${counts.dormant} dormant`,
      counts.delivery && `${counts.delivery} to deliver to`,
      team && `${team} overdue in your team`,
      counts['receivable-overdue'] && `${counts['receivable-overdue']} overdue to pay`,
      counts['receivable-today'] && `${counts['receivable-today']} to pay today`,
      counts['team-receivable'] && `${counts['team-receivable']} overdue to pay your team`,
    ].filter(Boolean)
    if (parts.length > 0) return parts.join(', ')
    return tomorrow ? `${tomorrow} to contact next` : `${counts['receivable-soon']} to pay soon`
  },
  greeting: (name) => `Hello ${name}`,
  heading: (section, day) => {
    if (section.kind === 'overdue') return 'Overdue'
    if (section.kind === 'reclaim') return 'About to go to the public pool'
    if (section.kind === 'quote') return 'Quotes to follow up'
    if (section.kind === 'reorder') return 'Overdue to order'
    if (section.kind === 'dormant') return 'Dormant'
    if (section.kind === 'delivery') return 'Deliveries'
    if (section.kind === 'team-overdue') return 'Your team: over 7 days late'
    if (isOwed(section.kind)) return owedHeadings.en[section.kind]
    if (section.kind === 'today') return 'Today'
    if (!spansDays(section) && section.to === addDays(day, 1)) return 'Tomorrow'
    return `Until ${weekdayText(section.to, 'en', day)}`
  },
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
