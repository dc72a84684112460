/** The kinds of functions there are and what is said of each. Entries are paths from the repository root to a file that exports `handler`. */

/** What a function may touch; infra grants exactly this and nothing else. */
export interface Needs {
  /** What it does with the tenants' items; `none` when it never opens the table. */
  table: 'none' | 'read' | 'write'
  /** What it does with the items under `SYS#`, which are found before a tenant is known. */
  system?: 'read' | 'write'
  /** Work queues that it fills, by name. */
  sends?: string[]
  /** Sends mail through SES. */
  mails?: true
  /** Asks SES how much the account may send, and which senders it has verified. */
  mailAccount?: true
  /** Reads, writes and signs addresses of uploaded files. */
  files?: true
}

/**
 * One Lambda behind the HTTP API. `nouns` are served under `/v1/<noun>`; `paths` are whole paths: outside `/v1`, or below the
 * noun of another context, where the more specific one wins (`/v1/customers/{id}/credit`).
 */
export interface HttpContext extends Needs {
  name: string
  entry: string
  nouns: string[]
  paths: string[]
}

/** Members of an event's detail, at any depth, with the values that are wanted, or that there is none; as EventBridge reads it. */
type DetailPattern = { [member: string]: (string | boolean | { exists: false })[] | DetailPattern }

/** One effect of one event: EventBridge rule -> SQS queue with DLQ -> function. */
export interface Consumer extends Needs {
  name: string
  entry: string
  /** `guanxi` is our bus; `aws.ses` arrives on the account's default bus only. */
  source: 'guanxi' | 'aws.ses'
  /** EventBridge detail types; for SES the event types of the configuration set. */
  detailTypes: string[]
  /** Only events whose detail has one of these values. */
  detail?: DetailPattern
  /** Of SES's events only those about mails of campaigns, which carry the tag `campaign`, or only those about others. */
  ofCampaigns?: boolean
  timeoutSeconds: number
}

/** A work queue with its worker. */
export interface Queue extends Needs {
  name: string
  entry: string
  timeoutSeconds: number
  batchSize: number
  /** Workers running at once; mail workers are few so that one send is in flight per worker. */
  concurrency: number
}

/** A job that EventBridge starts; it takes its day from the `time` it is given, never from the clock. */
export interface Schedule extends Needs {
  name: string
  entry: string
  /** AWS cron, UTC. */
  cron: string
  timeoutSeconds: number
}

/** What one context of the domain runs. */
export interface ContextFunctions {
  http?: HttpContext[]
  consumers?: Consumer[]
  queues?: Queue[]
  schedules?: Schedule[]
}

/** Everything SES tells of a mail, as its events are named on the bus. */
export const everySesEvent = [
  'Email Sent',
  'Email Delivered',
  'Email Bounced',
  'Email Complaint Received',
  'Email Rejected',
  'Email Rendering Failed',
  'Email Delivery Delayed',
  'Email Opened',
  'Email Clicked',
]

/** News of a deal and its prices, but for goods that leave by an order: the order was that news. */
export const unlessOrdered: DetailPattern = { data: { direct: [true, { exists: false }] } }
