import type { Context, MailAccount, Mailer, OutgoingMail } from '../../domain/kernel/context.ts'

/** A clock that stands still until it is moved. */
export function fakeClock(start = '2026-11-20T00:00:00.000Z') {
  let time = Date.parse(start)
  return {
    now: () => new Date(time).toISOString(),
    pass: (minutes: number) => {
      time += minutes * 60_000
    },
    set: (instant: string) => {
      time = Date.parse(instant)
    },
  }
}

/** What the next send comes to: taken; lost before SES had it; taken, but the answer is lost; or an error of the test's own. */
type SendFault = 'none' | 'lost-before' | 'lost-after' | Error

/** A mailer that keeps what it took. Faults are used up one per send. */
export function fakeSes() {
  const taken: OutgoingMail[] = []
  const faults: SendFault[] = []
  const mail: Mailer = async (message) => {
    const fault = faults.shift() ?? 'none'
    if (fault instanceof Error) throw fault
    if (fault === 'lost-before') throw new Error('killed before SES had it')
    taken.push(message)
    if (fault === 'lost-after') throw new Error('killed before SES had answered')
    return `message-${taken.length}`
  }
  return { mail, taken, faults }
}

/** The context with another clock and mailer. */
export const withMail = (ctx: Context, clock: { now(): string }, ses: { mail: Mailer }): Context => ({
  ...ctx,
  now: clock.now,
  mail: ses.mail,
})

/** An event of SES on the default bus about a mail, as EventBridge hands it on. */
export function sesEvent(eventType: string, mail: { tenantId: string; deliveryId: string }, more: Record<string, unknown> = {}) {
  const at = '2026-11-20T00:00:01.000Z'
  return {
    version: '0',
    id: 'e-1',
    source: 'aws.ses',
    'detail-type': `Email ${eventType}`,
    detail: {
      eventType,
      mail: { timestamp: at, messageId: 'ses-1', tags: { tenant: [mail.tenantId], delivery: [mail.deliveryId] } },
      ...more,
    },
  }
}

/** An account that SES lets send: everybody is verified but senders at `unverified.example`. */
export const fakeAccount = (perSecond = 1000): MailAccount => ({
  isVerified: async (address) => !address.endsWith('@unverified.example'),
  ratePerSecond: async () => perSecond,
})
