import { randomBytes } from 'node:crypto'
import type { Locale } from '../../domain/kernel/text.ts'
import { contentSecurityPolicy } from '../../domain/platform/page/page-frame.ts'
import type { RawAnswer } from './route.ts'

/** What every answer of one request shares. */
export interface Answering {
  locale: Locale
  today: string
  /** Of the content security policy: the only style and script that may run. */
  nonce: string
  /** There are pictures in the page. */
  pictures?: boolean
}

/** The start of an answer, in the language of the browser until the person behind the link is known. */
export const answering = (acceptLanguage = ''): Answering => ({
  locale: acceptLanguage === '' || /^zh\b|,\s*zh\b/i.test(acceptLanguage) ? 'zh-CN' : 'en',
  today: new Date().toISOString().slice(0, 10),
  nonce: randomBytes(16).toString('base64url'),
})

/** A page that nothing else may be loaded into, kept nowhere, found by no search engine, and whose address goes nowhere. */
export const answerHtml = (to: Answering, status: number, body: string): RawAnswer => ({
  status,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': contentSecurityPolicy(to.nonce, { pictures: to.pictures ?? false }),
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-robots-tag': 'noindex, nofollow',
  },
  body,
})
