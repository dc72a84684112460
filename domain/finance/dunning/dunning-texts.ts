import type { DunningLevel, DunningSettings } from '../../identity/index.ts'
import type { Locale } from '../../kernel/text.ts'

interface Text {
  subject: string
  body: string
}

/** What is written where a firm has no words of its own. */
const ours: Record<Locale, Record<DunningLevel, Text>> = {
  'zh-CN': {
    friendly: {
      subject: '{{ firm }}：{{ count }} 笔货款已到期，敬请查收',
      body: '{{ customer }}，您好：\n\n以下货款已过约定付款日，合计 {{ total }}。如已付款，请忽略本邮件；如未付款，烦请安排。\n\n如对账目有疑问，请直接回复本邮件。',
    },
    firm: {
      subject: '{{ firm }}：{{ count }} 笔货款逾期，请尽快付款',
      body: '{{ customer }}，您好：\n\n以下货款逾期已达 {{ oldestDays }} 天，合计 {{ total }}。请在收到本邮件后尽快付款，并告知付款日期。\n\n如有异议，请即回复说明。',
    },
    final: {
      subject: '{{ firm }}：最后付款通知',
      body: '{{ customer }}，您好：\n\n以下货款逾期已达 {{ oldestDays }} 天，合计 {{ total }}，经多次提醒仍未收到。请立即付款，否则我方将暂停供货并依合同主张权利。\n\n请即回复付款安排。',
    },
  },
  en: {
    friendly: {
      subject: '{{ firm }}: a reminder of {{ count }} overdue',
      body: 'Dear {{ customer }},\n\nThe items below have passed their due date; together they come to {{ total }}. If you have paid meanwhile, please disregard this mail. Otherwise we should be glad if you arranged for payment.\n\nIf anything is not as you expect, simply reply to this mail.',
    },
    firm: {
      subject: '{{ firm }}: payment overdue by {{ oldestDays }} days',
      body: 'Dear {{ customer }},\n\nThe items below are overdue by up to {{ oldestDays }} days and come to {{ total }}. Please pay without delay, and let us know when we may expect it.\n\nIf you do not agree with an item, please tell us at once.',
    },
    final: {
      subject: '{{ firm }}: final notice',
      body: 'Dear {{ customer }},\n\nIn spite of our reminders the items below, together {{ total }}, have not been paid; the oldest is {{ oldestDays }} days overdue. Please pay at once. Otherwise we shall stop deliveries and assert our rights under the contract.\n\nPlease reply with the date of your payment.',
    },
  },
}

/** The words for a level in a language: the firm's own, else ours. */
export const textOf = (settings: DunningSettings, level: DunningLevel, locale: Locale): Text =>
  settings.find((one) => one.level === level)?.texts?.[locale] ?? ours[locale][level]

/** The words with their fields filled in; what is no field leaves nothing. */
export const filled = (text: string, values: Record<string, string>): string =>
  text.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, name: string) => (Object.hasOwn(values, name) ? values[name]! : ''))

/** Headings of the table of receivables. */
export const tableTexts: Record<
  Locale,
  {
    number: string
    issuedOn: string
    dueOn: string
    amount: string
    days: string
    total: string
    payTo: string
    sentBy(firm: string): string
  }
> = {
  'zh-CN': {
    number: '单号',
    issuedOn: '开单日',
    dueOn: '到期日',
    amount: '未付金额',
    days: '逾期天数',
    total: '合计',
    payTo: '收款账户：',
    sentBy: (firm) => `本邮件由 ${firm} 发送。`,
  },
  en: {
    number: 'Number',
    issuedOn: 'Issued',
    dueOn: 'Due',
    amount: 'Outstanding',
    days: 'Days overdue',
    total: 'Total',
    payTo: 'Please pay to: ',
    sentBy: (firm) => `Sent by ${firm}.`,
  },
}
