import type { Locale } from '../../kernel/text.ts'

/** What reports say in sheets and charts, in one language. */
interface ReportTexts {
  titles: Record<string, string>
  groups: Record<string, string>
  figures: Record<string, string>
  /** Instead of a key that there is none of. */
  nobody: Record<string, string>
  kinds: Record<string, string>
  total: string
  by(groups: string[]): string
  asOf(day: string): string
  span(from: string, to: string): string
}

const zh: ReportTexts = {
  titles: { activities: '跟进统计' },
  groups: { rep: '业务员', team: '团队', day: '日期', week: '周', month: '月份', year: '年份', kind: '类型' },
  figures: { count: '笔数', amount: '金额' },
  nobody: { rep: '无负责人', team: '无团队' },
  kinds: { call: '电话', visit: '拜访', email: '邮件', message: '消息', meeting: '会议', note: '备注' },
  total: '合计',
  by: (groups) => `按${groups.join('、')}`,
  asOf: (day) => `截至 ${day}`,
  span: (from, to) => `${from} 至 ${to}`,
}

const en: ReportTexts = {
  titles: { activities: 'Activities' },
  groups: { rep: 'Rep', team: 'Team', day: 'Day', week: 'Week', month: 'Month', year: 'Year', kind: 'Kind' },
  figures: { count: 'Count', amount: 'Amount' },
  nobody: { rep: 'Nobody', team: 'No team' },
  kinds: { call: 'Calls', visit: 'Visits', email: 'E-mails', message: 'Messages', meeting: 'Meetings', note: 'Notes' },
  total: 'Total',
  by: (groups) => `by ${groups.join(' and ').toLowerCase()}`,
  asOf: (day) => `As of ${day}`,
  span: (from, to) => `${from} – ${to}`,
}

export const reportTexts: Record<Locale, ReportTexts> = { 'zh-CN': zh, en }
