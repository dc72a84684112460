import type { Locale } from '../../kernel/text.ts'
import type { StatementPageFault, StatementPageOutcome } from './statement-page.ts'

/** The words of the page of a statement. */

const chinese = {
  title: '对账单',
  customer: '客户',
  period: '对账期间',
  closing: '期末余额',
  download: '下载 PDF',
  movements: '往来明细',
  none: '本期没有往来。',
  balance: '余额',
  bank: '收款账户',
  contact: '业务联系',
  answer: '请核对并答复',
  confirm: '确认无误',
  confirmHint: '表示您认可上面的期末余额，提交后我们会立即收到通知。',
  name: '您的姓名',
  object: '账目有异议',
  objectHint: '请说明哪一笔不符，我们会尽快与您核对。',
  comment: '说明',
  send: '提交',
  confirmed: { title: '您已确认这份对账单', text: '谢谢！如有疑问，请随时与我们联系。' },
  objected: { title: '我们已收到您的异议', text: '谢谢您的答复，我们会尽快与您核对账目。' },
  changed: { title: '您答复之后账目有变动', text: '请按下面最新的余额重新核对。' },
  by: (name: string, day: string) => (name ? `${name} · ${day}` : day),
  faults: {
    name: '请填写您的姓名。',
    comment: '请说明哪里不符。',
    changed: '账目刚刚有变动，请核对最新的余额后再答复。',
    'too-long': '填写的内容太长，请缩短后再提交。',
    again: '提交没有成功，请再试一次。',
  } as Record<StatementPageFault, string>,
  outcomes: {
    invalid: { title: '链接无效', text: '请检查链接是否完整，或联系向您发送对账单的人员。' },
    'expired-link': { title: '链接已过期', text: '请联系向您发送对账单的人员，重新发送。' },
    failed: { title: '出了点问题', text: '请稍后再打开这个链接。' },
  } as Record<StatementPageOutcome, { title: string; text: string }>,
}

const english: typeof chinese = {
  title: 'Statement of Account',
  customer: 'Customer',
  period: 'Period',
  closing: 'Closing balance',
  download: 'Download PDF',
  movements: 'Movements',
  none: 'Nothing was booked in this period.',
  balance: 'Balance',
  bank: 'Bank details',
  contact: 'Your contact',
  answer: 'Does it agree with your books?',
  confirm: 'Confirm the balance',
  confirmHint: 'You agree with the closing balance above. We are told at once.',
  name: 'Your name',
  object: 'It does not agree',
  objectHint: 'Tell us what differs, and we will look into it.',
  comment: 'What differs',
  send: 'Send',
  confirmed: { title: 'You have confirmed this statement', text: 'Thank you. Should you have any question, please contact us.' },
  objected: { title: 'We have your objection', text: 'Thank you for your answer. We will look into it and be in touch soon.' },
  changed: { title: 'The account has changed since your answer', text: 'Please check the balance below again.' },
  by: (name, day) => (name ? `${name} · ${day}` : day),
  faults: {
    name: 'Please enter your name.',
    comment: 'Please tell us what differs.',
    changed: 'The account has just changed. Please check the balance as it is now.',
    'too-long': 'This is too long. Please shorten it.',
    again: 'This did not work. Please try again.',
  },
  outcomes: {
    invalid: { title: 'This link is not valid', text: 'Please check that it is complete, or ask whoever sent you the statement.' },
    'expired-link': { title: 'This link has expired', text: 'Please ask whoever sent you the statement to send it again.' },
    failed: { title: 'Something went wrong', text: 'Please open the link again in a while.' },
  },
}

export const statementPageTexts: Record<Locale, typeof chinese> = { 'zh-CN': chinese, en: english }
