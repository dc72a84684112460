import type { Locale } from '../../kernel/text.ts'

export type UnsubscribeOutcome = 'unsubscribed' | 'saved' | 'subscribed' | 'kept' | 'expired' | 'invalid' | 'unclear' | 'failed'

interface Texts {
  title: string
  intro(address: string, firm: string): string
  isOut(address: string, firm: string): string
  stop: string
  stopHint: string
  which: string
  save: string
  again: string
  outcomes: Record<UnsubscribeOutcome, { title: string; text: string }>
  back: string
  close: string
}

const zh: Texts = {
  title: '邮件订阅',
  intro: (address, firm) => `${address} 正在接收 ${firm} 的营销邮件。`,
  isOut: (address, firm) => `${address} 已不再接收 ${firm} 的营销邮件。`,
  stop: '退订全部营销邮件',
  stopHint: '立即生效。报价、订单等业务邮件不受影响。',
  which: '只接收以下内容',
  save: '保存选择',
  again: '重新订阅',
  outcomes: {
    unsubscribed: { title: '已退订', text: '您将不再收到我们的营销邮件。' },
    saved: { title: '已保存', text: '今后只会给您发送所选的内容。' },
    subscribed: { title: '已重新订阅', text: '今后会继续给您发送邮件。' },
    kept: { title: '暂时无法订阅', text: '该邮箱无法接收我们的邮件，请与我们联系。' },
    expired: { title: '链接已失效', text: '请使用最近一封邮件中的退订链接。' },
    invalid: { title: '链接无效', text: '链接不完整或有误，请从邮件中重新打开。' },
    unclear: { title: '没有任何更改', text: '无法识别这次提交，请从邮件中重新打开链接。' },
    failed: { title: '暂时无法处理', text: '出了点问题，请稍后再试。' },
  },
  back: '返回订阅设置',
  close: '可以关闭此页。',
}

const en: Texts = {
  title: 'Your e-mail preferences',
  intro: (address, firm) => `${address} receives marketing mail from ${firm}.`,
  isOut: (address, firm) => `${address} receives no marketing mail from ${firm} any more.`,
  stop: 'Unsubscribe from all marketing mail',
  stopHint: 'Takes effect at once. Quotes, orders and other business mail are not affected.',
  which: 'Only send me',
  save: 'Save my choice',
  again: 'Subscribe again',
  outcomes: {
    unsubscribed: { title: 'You are unsubscribed', text: 'You will get no more marketing mail from us.' },
    saved: { title: 'Saved', text: 'From now on you only get what you chose.' },
    subscribed: { title: 'You are subscribed again', text: 'We will go on writing to you.' },
    kept: { title: 'Not possible right now', text: 'Our mail does not reach this address. Please get in touch with us.' },
    expired: { title: 'This link has expired', text: 'Please use the link in the latest mail.' },
    invalid: { title: 'This link is not valid', text: 'It is incomplete or mistyped. Please open it from the mail again.' },
    unclear: { title: 'Nothing was changed', text: 'This was not understood. Please open the link from the mail again.' },
    failed: { title: 'Not possible right now', text: 'Something went wrong on our side. Please try again in a moment.' },
  },
  back: 'Back to your preferences',
  close: 'You can close this page.',
}

export const unsubscribeTexts: Record<Locale, Texts> = { 'zh-CN': zh, en }
