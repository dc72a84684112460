import type { Locale } from '../../kernel/text.ts'
import type { PageFault, ResultPage } from './follow-up-page.ts'

/** Everything the page behind a digest's link says, in one language. */
export interface PageTexts {
  levels: Record<string, string>
  kinds: Record<string, string>
  due(daysLate: number, day: string): string
  call: string
  wechat: string
  copy: string
  copied: string
  lastContacts: string
  noContacts: string
  log: string
  kind: string
  summary: string
  summaryHint: string
  next: string
  nextHint: string
  inDays(n: number): string
  save: string
  postpone: string
  postponeHint: string
  days(n: number): string
  faults: Record<PageFault, string>
  private: string
  outcomes: Record<ResultPage['outcome'], { title: string; text: string }>
  nextOn(day: string): string
  close: string
}

const zh: PageTexts = {
  levels: { 'key-major': '重要客户', 'key-secondary': '次要客户', ordinary: '普通客户', small: '小客户' },
  kinds: { call: '电话', message: '微信/短信', visit: '拜访', email: '邮件', meeting: '会议', note: '备注' },
  due: (daysLate, day) => (daysLate > 0 ? `逾期 ${daysLate} 天` : daysLate === 0 ? '今天' : day),
  call: '拨打',
  wechat: '微信',
  copy: '复制',
  copied: '已复制',
  lastContacts: '最近联系',
  noContacts: '还没有联系记录。',
  log: '记录结果',
  kind: '方式',
  summary: '结果',
  summaryHint: '谈了什么，对方怎么说',
  next: '下次联系',
  nextHint: '不填则不安排下次联系。',
  inDays: (n) => `${n} 天后`,
  save: '保存',
  postpone: '改期',
  postponeHint: '今天联系不上？推迟到：',
  days: (n) => `${n} 天后`,
  faults: { summary: '请填写结果，最多 2000 字。', date: '请选择今天或以后的日期。', again: '刚才没有保存成功，请再按一次。' },
  private: '此页只供您本人使用，请勿转发。',
  outcomes: {
    logged: { title: '已保存', text: '结果已记录。' },
    postponed: { title: '已改期', text: '到时会再提醒您。' },
    'already-done': { title: '已处理过', text: '这项跟进已经完成，无需再操作。' },
    'not-yours': { title: '已不由您负责', text: '这位客户现在由其他同事负责。' },
    expired: { title: '链接已失效', text: '请使用最近一封提醒邮件中的链接。' },
    invalid: { title: '链接无效', text: '链接不完整或有误，请从提醒邮件中重新打开。' },
    failed: { title: '暂时无法处理', text: '出了点问题，请稍后再试。' },
  },
  nextOn: (day) => `下次联系：${day}`,
  close: '可以关闭此页。',
}

const en: PageTexts = {
  levels: { 'key-major': 'Key customer', 'key-secondary': 'Secondary customer', ordinary: 'Ordinary customer', small: 'Small customer' },
  kinds: { call: 'Call', message: 'Message', visit: 'Visit', email: 'E-mail', meeting: 'Meeting', note: 'Note' },
  due: (daysLate, day) => (daysLate > 0 ? `${daysLate} ${daysLate === 1 ? 'day' : 'days'} late` : daysLate === 0 ? 'Today' : day),
  call: 'Call',
  wechat: 'WeChat',
  copy: 'Copy',
  copied: 'Copied',
  lastContacts: 'Last contacts',
  noContacts: 'No contact is on record yet.',
  log: 'Log the result',
  kind: 'How',
  summary: 'Result',
  summaryHint: 'What was discussed, what they said',
  next: 'Next contact',
  nextHint: 'Leave empty to plan no next contact.',
  inDays: (n) => `+${n} ${n === 1 ? 'day' : 'days'}`,
  save: 'Save',
  postpone: 'Postpone',
  postponeHint: 'Not reached today? Remind me in:',
  days: (n) => `${n} ${n === 1 ? 'day' : 'days'}`,
  faults: {
    summary: 'Please enter a result of at most 2000 characters.',
    date: 'Please choose today or a later day.',
    again: 'That was not saved. Please press the button again.',
  },
  private: 'This page is yours alone: please do not forward its link.',
  outcomes: {
    logged: { title: 'Saved', text: 'The result is on record.' },
    postponed: { title: 'Postponed', text: 'You will be reminded then.' },
    'already-done': { title: 'Already done', text: 'This follow-up is finished; nothing is left to do.' },
    'not-yours': { title: 'No longer yours', text: 'A colleague looks after this customer now.' },
    expired: { title: 'This link has expired', text: 'Please use the link in your latest reminder mail.' },
    invalid: { title: 'This link is not valid', text: 'It is incomplete or mistyped. Please open it from your reminder mail again.' },
    failed: { title: 'Not possible right now', text: 'Something went wrong on our side. Please try again in a moment.' },
  },
  nextOn: (day) => `Next contact: ${day}`,
  close: 'You can close this page.',
}

export const pageTexts: Record<Locale, PageTexts> = { 'zh-CN': zh, en }
