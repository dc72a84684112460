import { addDays } from '../../kernel/dates.ts'
import type { Locale } from '../../kernel/text.ts'
import { weekdayText } from '../wording.ts'
import type { DigestSection, SectionKind } from './digest.ts'

export type Heading = Pick<DigestSection, 'kind' | 'from' | 'to'>
type Counts = Partial<Record<SectionKind, number>>

/** True where a section speaks of several days, which its lines then name. */
export const spansDays = ({ from, to }: Heading): boolean => from !== undefined && from !== to

/** What a section is called above its lines; the next days are named instead. */
const headings: Record<Exclude<SectionKind, 'tomorrow'>, Record<Locale, string>> = {
  today: { 'zh-CN': '今天', en: 'Today' },
  overdue: { 'zh-CN': '已逾期', en: 'Overdue' },
  reclaim: { 'zh-CN': '即将回收到公海', en: 'About to go to the public pool' },
  quote: { 'zh-CN': '报价待跟进', en: 'Quotes to follow up' },
  reorder: { 'zh-CN': '该下单未下单', en: 'Overdue to order' },
  dormant: { 'zh-CN': '沉睡客户', en: 'Dormant' },
  delivery: { 'zh-CN': '待交货', en: 'Deliveries' },
  'team-overdue': { 'zh-CN': '团队逾期超过 7 天', en: 'Your team: over 7 days late' },
  'receivable-overdue': { 'zh-CN': '逾期应收', en: 'Overdue receivables' },
  'receivable-today': { 'zh-CN': '今日到期应收', en: 'Receivables due today' },
  'receivable-soon': { 'zh-CN': '7 天内到期应收', en: 'Receivables due within 7 days' },
  'team-receivable': { 'zh-CN': '团队逾期应收超过 7 天', en: 'Your team: receivables over 7 days late' },
}

const nextDays: Record<Locale, { tomorrow: string; until(day: string): string }> = {
  'zh-CN': { tomorrow: '明天', until: (day) => `至${day}` },
  en: { tomorrow: 'Tomorrow', until: (day) => `Until ${day}` },
}

/** The words above the lines of a section, on the day of the digest. */
export function headingOf(section: Heading, locale: Locale, day: string): string {
  if (section.kind !== 'tomorrow') return headings[section.kind][locale]
  const { tomorrow, until } = nextDays[locale]
  return !spansDays(section) && section.to === addDays(day, 1) ? tomorrow : until(weekdayText(section.to, locale, day))
}

/** What the subject line says of a section, `#` being how many customers stand in it; in the order of the line. */
const told: Partial<Record<SectionKind, Record<Locale, string>>> = {
  today: { 'zh-CN': '今日联系 # 位客户', en: '# to contact today' },
  overdue: { 'zh-CN': '逾期 # 位', en: '# overdue' },
  reclaim: { 'zh-CN': '即将回收 # 位', en: '# about to go to the pool' },
  quote: { 'zh-CN': '报价待跟进 # 位', en: '# with a quote to follow up' },
  reorder: { 'zh-CN': '该下单未下单 # 位', en: '# overdue to order' },
  dormant: { 'zh-CN': '沉睡客户 # 位', en: '# dormant' },
  delivery: { 'zh-CN': '待交货 # 位', en: '# to deliver to' },
  'team-overdue': { 'zh-CN': '团队逾期 # 位', en: '# overdue in your team' },
  'receivable-overdue': { 'zh-CN': '逾期应收 # 位', en: '# overdue to pay' },
  'receivable-today': { 'zh-CN': '今日到期应收 # 位', en: '# to pay today' },
  'team-receivable': { 'zh-CN': '团队逾期应收 # 位', en: '# overdue to pay your team' },
}

/** What is not for today is told of where nothing else is, the first of it. */
const toldOtherwise: typeof told = {
  tomorrow: { 'zh-CN': '接下来联系 # 位客户', en: '# to contact next' },
  'receivable-soon': { 'zh-CN': '应收即将到期 # 位客户', en: '# to pay soon' },
}

/** The subject line, from the customers in each section. */
export function subjectLine(counts: Counts, locale: Locale): string {
  const said = (words: typeof told) =>
    Object.entries(words).flatMap(([kind, text]) => {
      const count = counts[kind as SectionKind]
      return count ? [text[locale].replace('#', String(count))] : []
    })
  const now = said(told)
  return now.length > 0 ? now.join(locale === 'en' ? ', ' : '，') : said(toldOtherwise)[0]!
}
