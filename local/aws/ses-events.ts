/** The events SES publishes about a mail, in the shape its configuration set gives them on the default bus. */
import { randomUUID } from 'node:crypto'
import type { LocalMail } from './mail-store.ts'

export interface SesEvent {
  detailType: string
  detail: Record<string, unknown>
}

interface Happening {
  timestamp: string
  recipients: string[]
}

interface Kind {
  detailType: string
  eventType: string
  /** The member of the detail that is named after the event. */
  member: string
  describe(happening: Happening): object
}

const bounced = (emailAddress: string) => ({
  emailAddress,
  action: 'failed',
  status: '5.1.1',
  diagnosticCode: 'smtp; 550 5.1.1 user unknown',
})

const reader = { ipAddress: '192.0.2.1', userAgent: 'Mozilla/5.0' }

const kinds = {
  send: { detailType: 'Email Sent', eventType: 'Send', member: 'send', describe: () => ({}) },
  delivery: {
    detailType: 'Email Delivered',
    eventType: 'Delivery',
    member: 'delivery',
    describe: ({ timestamp, recipients }) => ({
      timestamp,
      processingTimeMillis: 100,
      recipients,
      smtpResponse: '250 2.6.0 Message received',
      reportingMTA: 'local.example',
    }),
  },
  bounce: {
    detailType: 'Email Bounced',
    eventType: 'Bounce',
    member: 'bounce',
    describe: ({ timestamp, recipients }) => ({
      bounceType: 'Permanent',
      bounceSubType: 'General',
      bouncedRecipients: recipients.map(bounced),
      timestamp,
      feedbackId: randomUUID(),
      reportingMTA: 'dsn; local.example',
    }),
  },
  complaint: {
    detailType: 'Email Complaint Received',
    eventType: 'Complaint',
    member: 'complaint',
    describe: ({ timestamp, recipients }) => ({
      complainedRecipients: recipients.map((emailAddress) => ({ emailAddress })),
      timestamp,
      feedbackId: randomUUID(),
      complaintFeedbackType: 'abuse',
      arrivalDate: timestamp,
    }),
  },
  open: {
    detailType: 'Email Opened',
    eventType: 'Open',
    member: 'open',
    describe: ({ timestamp }) => ({ timestamp, ...reader }),
  },
  click: {
    detailType: 'Email Clicked',
    eventType: 'Click',
    member: 'click',
    describe: ({ timestamp }) => ({ timestamp, ...reader, link: 'http://example.com/', linkTags: null }),
  },
} satisfies Record<string, Kind>

export type SesEventKind = keyof typeof kinds

/** What SES would say of this mail; `mail.tags` carry the sender's own tags, each as a list. */
export function sesEvent(kind: SesEventKind, mail: LocalMail, configurationSet: string): SesEvent {
  const { detailType, eventType, member, describe }: Kind = kinds[kind]
  const recipients = [...mail.to, ...mail.cc, ...mail.bcc]
  const happening = describe({ timestamp: new Date().toISOString(), recipients })
  return { detailType, detail: { eventType, [member]: happening, mail: mailObject(mail, recipients, configurationSet) } }
}

function mailObject(mail: LocalMail, destination: string[], configurationSet: string) {
  const own = Object.fromEntries(Object.entries(mail.tags).map(([name, value]) => [name, [value]]))
  return {
    timestamp: mail.at,
    source: mail.from,
    sendingAccountId: '000000000000',
    messageId: mail.id,
    destination,
    headersTruncated: false,
    headers: Object.entries(mail.headers).map(([name, value]) => ({ name, value })),
    commonHeaders: { from: [mail.from], to: mail.to, messageId: mail.id, subject: mail.subject },
    tags: { 'ses:configuration-set': [configurationSet], 'ses:source-ip': ['127.0.0.1'], ...own },
  }
}
