import type { Locale } from '../../kernel/text.ts'
import type { Askable } from './lead-form.ts'
import type { FieldFault } from './submit-form.ts'

export type FormOutcome = 'sent' | 'to-confirm' | 'confirmed' | 'limited' | 'closed' | 'invalid' | 'expired' | 'failed'

interface Texts {
  heading: string
  labels: Record<'name' | Askable, string>
  required: string
  send: string
  faults: Record<FieldFault, string>
  faulty: string
  trap: string
  confirm: { title: string; text(address: string, firm: string): string; consent: string; button: string }
  outcomes: Record<FormOutcome, { title: string; text: string }>
}

const zh: Texts = {
  heading: '联系我们',
  labels: {
    name: '姓名',
    company: '公司',
    title: '职务',
    email: '邮箱',
    phone: '电话',
    wechat: '微信号',
    industry: '行业',
    province: '省份',
    city: '城市',
    message: '留言',
  },
  required: '必填',
  send: '提交',
  faults: { required: '请填写此项。', invalid: '格式不正确，请检查。', 'too-long': '内容太长，请缩短。' },
  faulty: '请检查标出的内容。',
  trap: '请勿填写',
  confirm: {
    title: '确认您的邮箱',
    text: (address, firm) => `请确认 ${address} 是您的邮箱，以便 ${firm} 与您联系。`,
    consent: '您同意：',
    button: '确认',
  },
  outcomes: {
    sent: { title: '已收到', text: '谢谢！我们会尽快与您联系。' },
    'to-confirm': { title: '请查收邮件', text: '我们已向您的邮箱发送确认邮件，请点击其中的链接完成提交。' },
    confirmed: { title: '邮箱已确认', text: '谢谢！我们会尽快与您联系。' },
    limited: { title: '提交过于频繁', text: '请十分钟后再试。' },
    closed: { title: '表单已关闭', text: '此表单不再接收内容，请通过其他方式与我们联系。' },
    invalid: { title: '链接无效', text: '链接不完整或有误，请重新打开。' },
    expired: { title: '链接已失效', text: '请重新填写表单。' },
    failed: { title: '暂时无法处理', text: '出了点问题，请稍后再试。' },
  },
}

const en: Texts = {
  heading: 'Get in touch',
  labels: {
    name: 'Name',
    company: 'Company',
    title: 'Position',
    email: 'E-mail',
    phone: 'Telephone',
    wechat: 'WeChat ID',
    industry: 'Industry',
    province: 'Province',
    city: 'City',
    message: 'Message',
  },
  required: 'required',
  send: 'Send',
  faults: { required: 'Please fill this in.', invalid: 'Please check this.', 'too-long': 'This is too long. Please shorten it.' },
  faulty: 'Please check what is marked.',
  trap: 'Leave this empty',
  confirm: {
    title: 'Confirm your address',
    text: (address, firm) => `Please confirm that ${address} is yours, so that ${firm} can get in touch with you.`,
    consent: 'You agree to this:',
    button: 'Confirm',
  },
  outcomes: {
    sent: { title: 'Thank you', text: 'We have got it and will be in touch soon.' },
    'to-confirm': { title: 'Please look at your mail', text: 'We have sent you a mail. Please open the link in it to finish.' },
    confirmed: { title: 'Your address is confirmed', text: 'Thank you. We will be in touch soon.' },
    limited: { title: 'Too often', text: 'Please try again in ten minutes.' },
    closed: { title: 'This form is closed', text: 'It takes nothing any more. Please get in touch with us another way.' },
    invalid: { title: 'This link is not valid', text: 'It is not complete, or wrong. Please open it again.' },
    expired: { title: 'This link has expired', text: 'Please fill in the form again.' },
    failed: { title: 'Not possible right now', text: 'Something went wrong. Please try again later.' },
  },
}

export const formTexts: Record<Locale, Texts> = { 'zh-CN': zh, en }
