import * as z from 'zod'
import { BusinessDate } from '../../kernel/dates.ts'
import { type Locale, paragraph } from '../../kernel/text.ts'

/** The ways of contact the page offers, the commonest first. */
export const pageKinds = ['call', 'message', 'visit', 'email', 'meeting'] as const

export const postponeDays = [1, 3, 7] as const

export const SUMMARY_MAX = 2000

/** What the page shows of one customer. It shows little: whoever holds the link sees it. */
export interface FollowUpPage {
  locale: Locale
  tenantName: string
  userName: string
  customer: { name: string; level?: string; phones: { label?: string; number: string }[]; wechat?: string }
  /** The open follow-ups that are due; `daysLate` more than 0 is late, 0 today, less than 0 ahead. */
  due: { on: string; daysLate: number; subject: string }[]
  /** The last contacts, newest first, `at` as a local date. Three are shown. */
  lastContacts: { at: string; kind: string; summary: string; by: string }[]
  today: string
  /** Makes a second press of a button the same submission. */
  submissionId: string
  /** For the Content-Security-Policy: the only style and script that may run. */
  nonce: string
  /** What was typed, when it is shown again with the reason why it was not taken. */
  entered?: { kind?: string; summary?: string; nextContactOn?: string }
  fault?: PageFault
}

export type PageFault = 'summary' | 'date' | 'again'

/** What is shown after a press of a button, or instead of the page. It names the customer only to the owner. */
export interface ResultPage {
  locale: Locale
  outcome: 'logged' | 'postponed' | 'already-done' | 'not-yours' | 'expired' | 'invalid' | 'failed'
  /** Unknown when the link itself is not valid. */
  tenantName?: string
  customerName?: string
  /** The next planned day, after `logged` and `postponed`. */
  nextContactOn?: string
  today: string
  nonce: string
}

const nonce = z.string().min(1).max(100)

/** The fields the page posts. An empty next date plans nothing. */
export const FollowUpForm = z.discriminatedUnion('action', [
  z.strictObject({
    action: z.literal('log'),
    nonce,
    kind: z.enum(pageKinds),
    summary: paragraph(SUMMARY_MAX),
    nextContactOn: z
      .literal('')
      .transform(() => undefined)
      .or(BusinessDate)
      .optional(),
  }),
  z.strictObject({ action: z.literal('postpone'), nonce, days: z.enum(['1', '3', '7']).transform(Number) }),
])
export type FollowUpForm = z.infer<typeof FollowUpForm>
