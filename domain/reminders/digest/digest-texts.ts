import { addDays } from '../../kernel/dates.ts'
import type { Locale } from '../../kernel/text.ts'
import { pastDayText, weekdayText } from '../wording.ts'
import type { DigestSection, SectionKind } from './digest.ts'

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
  /** Instead of a subject: what happens when nothing happens. */
  reclaim(on: string, day: string): string
  lastContact(date: string | undefined, day: string): string
  owner(name: string): string
  call(phone: string): string
  log: string
  more(n: number): string
  footer(tenant: string): string
  private: string
}

const plural = (n: number, one: string, many = `${one}s`) => `${n} ${n === 1 ? one : many}`

const spansDays = ({ from, to }: Heading) => from !== undefined && from !== to

const zh: DigestTexts = {
  subject: ({ today, overdue, tomorrow, reclaim, 'team-overdue': team }) => {
    const parts = [
      today && `今日联系 ${today} 位客户`,
      overdue && `逾期 ${overdue} 位`,
      reclaim && `即将回收 ${reclaim} 位`,
      team && `团队逾期 ${team} 位`,
    ].filter(Boolean)
    return parts.length > 0 ? parts.join('，') : `接下来联系 ${tomorrow} 位客户`
  },
  greeting: (name) => `${name}，您好`,
  heading: (section, day) => {
    if (section.kind === 'overdue') return '已逾期'
    if (section.kind === 'reclaim') return '即将回收到公海'
    if (section.kind === 'team-overdue') return '团队逾期超过 7 天'
    if (section.kind === 'today') return '今天'
    if (!spansDays(section) && section.to === addDays(day, 1)) return '明天'
    return `至${weekdayText(section.to, 'zh-CN', day)}`
  },
  count: (n) => `${n} 位`,
  mark: (daysLate, dueOn, section, day) => {
    if (section.kind === 'reclaim') return daysLate < 0 ? `还有 ${-daysLate} 天` : '今天'
    return daysLate > 0 ? `逾期 ${daysLate} 天` : spansDays(section) ? weekdayText(dueOn, 'zh-CN', day) : undefined
  },
  reclaim: (on, day) => `如不联系，${weekdayText(on, 'zh-CN', day)} 起回收到公海`,
  lastContact: (date, day) => (date ? `上次联系 ${pastDayText(date, 'zh-CN', day)}` : '还没有联系过'),
  owner: (name) => `负责人 ${name}`,
  call: (phone) => `拨打 ${phone}`,
  log: '记录结果',
  more: (n) => `还有 ${n} 项`,
  footer: (tenant) => `${tenant} 的每日提醒，只在有待办时发送。`,
  private: '链接只供您本人使用，请勿转发。',
}

const en: DigestTexts = {
  subject: ({ today, overdue, tomorrow, reclaim, 'team-overdue': team }) => {
    const parts = [
      today && `${today} to contact today`,
      overdue && `${overdue} overdue`,
      reclaim && `${reclaim} about to go to the pool`,
      team && `${team} overdue in your team`,
    ].filter(Boolean)
    return parts.length > 0 ? parts.join(', ') : `${tomorrow} to contact next`
  },
  greeting: (name) => `Hello ${name}`,
  heading: (section, day) => {
    if (section.kind === 'overdue') return 'Overdue'
    if (section.kind === 'reclaim') return 'About to go to the public pool'
    if (section.kind === 'team-overdue') return 'Your team: over 7 days late'
    if (section.kind === 'today') return 'Today'
    if (!spansDays(section) && section.to === addDays(day, 1)) return 'Tomorrow'
    return `Until ${weekdayText(section.to, 'en', day)}`
  },
  count: (n) => plural(n, 'customer'),
  mark: (daysLate, dueOn, section, day) => {
    if (section.kind === 'reclaim') return daysLate < 0 ? `${plural(-daysLate, 'day')} left` : 'today'
    return daysLate > 0 ? `${plural(daysLate, 'day')} late` : spansDays(section) ? weekdayText(dueOn, 'en', day) : undefined
  },
  reclaim: (on, day) => `Goes to the public pool on ${weekdayText(on, 'en', day)} unless you are in contact`,
  lastContact: (date, day) => (date ? `Last contact ${pastDayText(date, 'en', day)}` : 'Not contacted yet'),
  owner: (name) => `Owner ${name}`,
  call: (phone) => `Call ${phone}`,
  log: 'Log result',
  more: (n) => `and ${n} more`,
  footer: (tenant) => `Your daily reminder from ${tenant}, sent only when something is due.`,
  private: 'The links are yours alone: please do not forward them.',
}

/** What a line is about, in the words of its plan or, where there is none, in ours. */
export const subjectOf = (
  { subject, dueOn }: { subject: string; dueOn: string },
  section: Heading,
  day: string,
  texts: DigestTexts,
): string => (section.kind === 'reclaim' ? texts.reclaim(dueOn, day) : subject)

export const digestTexts: Record<Locale, DigestTexts> = { 'zh-CN': zh, en }
