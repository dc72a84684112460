/** What other contexts may use of platform. */

export type { MailKey } from './mail/mail.ts'
export { type ComposedMail, type SendOutcome, sendOnce } from './mail/send-once.ts'
