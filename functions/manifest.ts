/**
 * Everything that runs, as plain data. The CDK app deploys it and `local/` runs it, so neither can forget a function.
 * Entries are paths from the repository root to a file that exports `handler`.
 */

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
  /** Asks SES how much the account may send. */
  mailQuota?: true
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

/** One effect of one event: EventBridge rule -> SQS queue with DLQ -> function. */
export interface Consumer extends Needs {
  name: string
  entry: string
  /** `guanxi` is our bus; `aws.ses` arrives on the account's default bus only. */
  source: 'guanxi' | 'aws.ses'
  /** EventBridge detail types; for SES the event types of the configuration set. */
  detailTypes: string[]
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

export const authorizer = { name: 'authorizer', entry: 'functions/authorizer.ts', table: 'read', system: 'read' } as const

/** Cognito's pre-token-generation trigger (V2): puts tenant, user and epoch into the access token. */
export const preToken = { name: 'pre-token', entry: 'functions/pre-token.ts', table: 'read' } as const

export const httpContexts: HttpContext[] = [
  {
    name: 'identity',
    entry: 'functions/http/identity/index.ts',
    nouns: ['tenant', 'me', 'users', 'handovers', 'api-keys'],
    paths: [],
    table: 'write',
    system: 'write',
  },
  {
    name: 'parties',
    entry: 'functions/http/parties/index.ts',
    nouns: ['customers', 'merges', 'pools', 'contacts', 'activities', 'follow-ups', 'agenda', 'views'],
    paths: [],
    table: 'write',
  },
  {
    name: 'platform',
    entry: 'functions/http/platform/index.ts',
    nouns: ['files', 'events'],
    paths: ['/docs', '/openapi.json'],
    table: 'write',
    files: true,
  },
  {
    name: 'transfers',
    entry: 'functions/http/platform/transfers/index.ts',
    nouns: ['imports', 'exports'],
    paths: [],
    table: 'write',
    files: true,
  },
  {
    name: 'sales',
    entry: 'functions/http/sales/index.ts',
    nouns: ['products', 'quotes', 'orders', 'shipments'],
    paths: [
      '/v1/customers/{id}/orders',
      '/v1/customers/{id}/shipments',
      '/v1/customers/{id}/quotes',
      '/v1/customers/{id}/price-history',
      '/v1/customers/{id}/statement',
      '/v1/customers/{id}/statement/confirm',
    ],
    table: 'write',
  },
  {
    name: 'finance',
    entry: 'functions/http/finance/index.ts',
    nouns: ['receivables', 'receipts', 'credit-notes', 'write-offs'],
    paths: ['/v1/customers/{id}/credit', '/v1/customers/{id}/receivables', '/v1/customers/{id}/receipts'],
    table: 'write',
  },
  {
    name: 'documents',
    entry: 'functions/http/documents/index.ts',
    nouns: ['document-templates', 'document-images', 'delivery-notes'],
    paths: ['/v1/quotes/{id}/document', '/v1/orders/{id}/document', '/v1/shipments/{id}/document', '/q/{token}', '/q/{token}/document'],
    table: 'write',
    files: true,
  },
  { name: 'reminders', entry: 'functions/http/reminders/index.ts', nouns: [], paths: ['/r/{token}'], table: 'write' },
  { name: 'reports', entry: 'functions/http/reports/index.ts', nouns: ['reports'], paths: [], table: 'write' },
  {
    name: 'marketing',
    entry: 'functions/http/marketing/index.ts',
    nouns: ['campaigns', 'segments', 'message-templates', 'suppressions'],
    paths: ['/u/{token}'],
    table: 'write',
    mails: true,
  },
]

/** Answers what no route matches, so that a 404 too is ours. */
export const fallbackContext = 'platform'

export const streamPublisher = { name: 'publish-outbox', entry: 'functions/stream/publish-outbox.ts', table: 'none' } as const

export const consumers: Consumer[] = [
  {
    name: 'run-handover-on-handover-started',
    entry: 'functions/consumers/parties/run-handover-on-handover-started.ts',
    source: 'guanxi',
    detailTypes: ['handover.started.v1'],
    timeoutSeconds: 30,
    table: 'read',
    sends: ['run-handover'],
  },
  {
    name: 'rekey-books-on-customer-owner-changed',
    entry: 'functions/consumers/finance/rekey-books-on-customer-owner-changed.ts',
    source: 'guanxi',
    detailTypes: ['customer.owner-changed.v1'],
    timeoutSeconds: 60,
    table: 'write',
  },
  {
    name: 'open-receivables-on-shipment-dispatched',
    entry: 'functions/consumers/finance/open-receivables-on-shipment-dispatched.ts',
    source: 'guanxi',
    detailTypes: ['shipment.dispatched.v1'],
    timeoutSeconds: 30,
    table: 'write',
  },
  {
    name: 'open-receivables-on-shipment-signed',
    entry: 'functions/consumers/finance/open-receivables-on-shipment-signed.ts',
    source: 'guanxi',
    detailTypes: ['shipment.signed.v1'],
    timeoutSeconds: 30,
    table: 'write',
  },
  {
    name: 'open-receivables-on-order-agreed',
    entry: 'functions/consumers/finance/open-receivables-on-order-agreed.ts',
    source: 'guanxi',
    detailTypes: ['order.confirmed.v1', 'order.amended.v1'],
    timeoutSeconds: 30,
    table: 'write',
  },
  {
    name: 'credit-return-on-shipment-returned',
    entry: 'functions/consumers/finance/credit-return-on-shipment-returned.ts',
    source: 'guanxi',
    detailTypes: ['shipment.returned.v1'],
    timeoutSeconds: 30,
    table: 'write',
  },
  {
    name: 'rekey-records-on-customer-owner-changed',
    entry: 'functions/consumers/parties/rekey-records-on-customer-owner-changed.ts',
    source: 'guanxi',
    detailTypes: ['customer.owner-changed.v1'],
    timeoutSeconds: 60,
    table: 'write',
  },
  {
    name: 'remove-records-on-customer-deleted',
    entry: 'functions/consumers/parties/remove-records-on-customer-deleted.ts',
    source: 'guanxi',
    detailTypes: ['customer.deleted.v1'],
    timeoutSeconds: 60,
    table: 'write',
    files: true,
  },
  {
    name: 'move-records-on-customer-merged',
    entry: 'functions/consumers/parties/move-records-on-customer-merged.ts',
    source: 'guanxi',
    detailTypes: ['customer.merged.v1'],
    timeoutSeconds: 30,
    table: 'read',
    sends: ['merge-customers'],
  },
  {
    name: 'return-records-on-customer-merge-undone',
    entry: 'functions/consumers/parties/return-records-on-customer-merge-undone.ts',
    source: 'guanxi',
    detailTypes: ['customer.merge-undone.v1'],
    timeoutSeconds: 30,
    table: 'read',
    sends: ['merge-customers'],
  },
  {
    name: 'tell-manager-on-duplicate-overridden',
    entry: 'functions/consumers/parties/tell-manager-on-duplicate-overridden.ts',
    source: 'guanxi',
    detailTypes: ['customer.duplicate-overridden.v1'],
    timeoutSeconds: 30,
    table: 'write',
    sends: ['send-override-notice'],
  },
  {
    name: 'tell-managers-on-order-held',
    entry: 'functions/consumers/reminders/tell-managers-on-order-held.ts',
    source: 'guanxi',
    detailTypes: ['order.held.v1'],
    timeoutSeconds: 30,
    table: 'read',
    sends: ['send-hold-notice'],
  },
  {
    name: 'queue-import-on-import-started',
    entry: 'functions/consumers/platform/queue-import-on-import-started.ts',
    source: 'guanxi',
    detailTypes: ['import.started.v1'],
    timeoutSeconds: 30,
    table: 'read',
    sends: ['run-import'],
  },
  {
    name: 'suppress-on-ses-event',
    entry: 'functions/consumers/marketing/suppress-on-ses-event.ts',
    source: 'aws.ses',
    detailTypes: ['Email Bounced', 'Email Complaint Received'],
    timeoutSeconds: 30,
    table: 'write',
  },
  {
    name: 'opt-out-contact-on-suppression-added',
    entry: 'functions/consumers/marketing/opt-out-contact-on-suppression-added.ts',
    source: 'guanxi',
    detailTypes: ['suppression.added.v1'],
    timeoutSeconds: 30,
    table: 'write',
  },
  {
    name: 'opt-in-contact-on-suppression-removed',
    entry: 'functions/consumers/marketing/opt-in-contact-on-suppression-removed.ts',
    source: 'guanxi',
    detailTypes: ['suppression.removed.v1'],
    timeoutSeconds: 30,
    table: 'write',
  },
  {
    name: 'queue-export-on-export-started',
    entry: 'functions/consumers/platform/queue-export-on-export-started.ts',
    source: 'guanxi',
    detailTypes: ['export.started.v1'],
    timeoutSeconds: 30,
    table: 'read',
    sends: ['run-export'],
  },
  {
    name: 'mail-admins-on-export-unusual',
    entry: 'functions/consumers/platform/mail-admins-on-export-unusual.ts',
    source: 'guanxi',
    detailTypes: ['export.unusual.v1'],
    timeoutSeconds: 30,
    table: 'read',
    sends: ['send-export-alarm'],
  },
  {
    name: 'remove-bytes-on-file-deleted',
    entry: 'functions/consumers/platform/remove-bytes-on-file-deleted.ts',
    source: 'guanxi',
    detailTypes: ['file.deleted.v1'],
    timeoutSeconds: 30,
    table: 'read',
    files: true,
  },
  {
    name: 'remove-bytes-on-export-deleted',
    entry: 'functions/consumers/platform/remove-bytes-on-export-deleted.ts',
    source: 'guanxi',
    detailTypes: ['export.deleted.v1'],
    timeoutSeconds: 30,
    table: 'read',
    files: true,
  },
  {
    name: 'count-order-on-order-agreed',
    entry: 'functions/consumers/analytics/count-order-on-order-agreed.ts',
    source: 'guanxi',
    detailTypes: ['order.confirmed.v1', 'order.amended.v1', 'order.cancelled.v1', 'order.closed.v1'],
    timeoutSeconds: 30,
    table: 'write',
  },
  {
    name: 'record-prices-on-price-agreed',
    entry: 'functions/consumers/sales/record-prices-on-price-agreed.ts',
    source: 'guanxi',
    detailTypes: ['quote.sent.v1', 'quote.accepted.v1', 'order.confirmed.v1', 'shipment.dispatched.v1'],
    timeoutSeconds: 30,
    table: 'write',
  },
  {
    name: 'rekey-documents-on-customer-owner-changed',
    entry: 'functions/consumers/sales/rekey-documents-on-customer-owner-changed.ts',
    source: 'guanxi',
    detailTypes: ['customer.owner-changed.v1'],
    timeoutSeconds: 60,
    table: 'write',
  },
  {
    name: 'count-shipment-on-shipment-moved',
    entry: 'functions/consumers/analytics/count-shipment-on-shipment-moved.ts',
    source: 'guanxi',
    detailTypes: ['shipment.dispatched.v1', 'shipment.returned.v1', 'shipment.cancelled.v1'],
    timeoutSeconds: 30,
    table: 'write',
  },
  {
    name: 'plan-campaign-on-campaign-launched',
    entry: 'functions/consumers/marketing/plan-campaign-on-campaign-launched.ts',
    source: 'guanxi',
    detailTypes: ['campaign.launched.v1'],
    timeoutSeconds: 30,
    table: 'read',
    sends: ['plan-campaign'],
  },
  {
    name: 'plan-follow-up-on-campaign-clicked',
    entry: 'functions/consumers/marketing/plan-follow-up-on-campaign-clicked.ts',
    source: 'guanxi',
    detailTypes: ['campaign.clicked.v1'],
    timeoutSeconds: 30,
    table: 'write',
  },
  {
    name: 'plan-campaign-on-campaign-resumed',
    entry: 'functions/consumers/marketing/plan-campaign-on-campaign-resumed.ts',
    source: 'guanxi',
    detailTypes: ['campaign.resumed.v1'],
    timeoutSeconds: 30,
    table: 'read',
    sends: ['plan-campaign'],
  },
  {
    name: 'note-delivery-on-ses-event',
    entry: 'functions/consumers/marketing/note-delivery-on-ses-event.ts',
    source: 'aws.ses',
    detailTypes: [
      'Email Sent',
      'Email Delivered',
      'Email Bounced',
      'Email Complaint Received',
      'Email Rejected',
      'Email Rendering Failed',
      'Email Delivery Delayed',
      'Email Opened',
      'Email Clicked',
    ],
    timeoutSeconds: 30,
    table: 'write',
  },
  {
    name: 'queue-mail-on-quote-sent',
    entry: 'functions/consumers/sales/queue-mail-on-quote-sent.ts',
    source: 'guanxi',
    detailTypes: ['quote.sent.v1'],
    timeoutSeconds: 30,
    table: 'read',
    sends: ['send-quote-mail'],
  },
  {
    name: 'queue-mail-on-quote-decided',
    entry: 'functions/consumers/sales/queue-mail-on-quote-decided.ts',
    source: 'guanxi',
    detailTypes: ['quote.accepted.v1', 'quote.rejected.v1'],
    timeoutSeconds: 30,
    table: 'read',
    sends: ['send-quote-mail'],
  },
  {
    name: 'settle-mail-on-ses-event',
    entry: 'functions/consumers/platform/settle-mail-on-ses-event.ts',
    source: 'aws.ses',
    detailTypes: [
      'Email Sent',
      'Email Delivered',
      'Email Bounced',
      'Email Complaint Received',
      'Email Rejected',
      'Email Rendering Failed',
      'Email Delivery Delayed',
      'Email Opened',
      'Email Clicked',
    ],
    timeoutSeconds: 30,
    table: 'write',
  },
]

export const queues: Queue[] = [
  {
    name: 'plan-campaign',
    entry: 'functions/queues/marketing/plan-campaign.ts',
    timeoutSeconds: 300,
    batchSize: 1,
    concurrency: 2,
    table: 'write',
    system: 'write',
    files: true,
    sends: ['send-campaign'],
  },
  {
    name: 'send-campaign',
    entry: 'functions/queues/marketing/send-campaign.ts',
    timeoutSeconds: 300,
    batchSize: 1,
    concurrency: 10,
    table: 'write',
    system: 'write',
    files: true,
    sends: ['send-campaign'],
    mails: true,
    mailQuota: true,
  },
  {
    name: 'send-quote-mail',
    entry: 'functions/queues/sales/send-quote-mail.ts',
    timeoutSeconds: 60,
    batchSize: 1,
    concurrency: 5,
    table: 'write',
    files: true,
    sends: ['send-quote-mail'],
    mails: true,
  },
  {
    name: 'run-import',
    entry: 'functions/queues/platform/run-import.ts',
    timeoutSeconds: 60,
    batchSize: 1,
    concurrency: 5,
    table: 'write',
    files: true,
    sends: ['run-import'],
  },
  {
    name: 'run-export',
    entry: 'functions/queues/platform/run-export.ts',
    timeoutSeconds: 120,
    batchSize: 1,
    concurrency: 5,
    table: 'write',
    files: true,
    sends: ['run-export'],
  },
  {
    name: 'send-export-alarm',
    entry: 'functions/queues/platform/send-export-alarm.ts',
    timeoutSeconds: 60,
    batchSize: 1,
    concurrency: 2,
    table: 'write',
    sends: ['send-export-alarm'],
    mails: true,
  },
  {
    name: 'send-override-notice',
    entry: 'functions/queues/parties/send-override-notice.ts',
    timeoutSeconds: 60,
    batchSize: 1,
    concurrency: 2,
    table: 'write',
    sends: ['send-override-notice'],
    mails: true,
  },
  {
    name: 'send-hold-notice',
    entry: 'functions/queues/reminders/send-hold-notice.ts',
    timeoutSeconds: 60,
    batchSize: 1,
    concurrency: 2,
    table: 'write',
    sends: ['send-hold-notice'],
    mails: true,
  },
  {
    name: 'merge-customers',
    entry: 'functions/queues/parties/merge-customers.ts',
    timeoutSeconds: 120,
    batchSize: 1,
    concurrency: 5,
    table: 'write',
    sends: ['merge-customers'],
  },
  {
    name: 'run-handover',
    entry: 'functions/queues/parties/run-handover.ts',
    timeoutSeconds: 120,
    batchSize: 1,
    concurrency: 2,
    table: 'write',
    system: 'write',
    sends: ['run-handover'],
  },
  {
    name: 'reclaim-customers',
    entry: 'functions/queues/parties/reclaim-customers.ts',
    timeoutSeconds: 60,
    batchSize: 1,
    concurrency: 5,
    table: 'write',
    system: 'write',
    sends: ['reclaim-customers'],
  },
  {
    name: 'plan-digests',
    entry: 'functions/queues/reminders/plan-digests.ts',
    timeoutSeconds: 60,
    batchSize: 5,
    concurrency: 5,
    table: 'write',
    system: 'write',
    sends: ['send-digest'],
  },
  {
    name: 'plan-dunning',
    entry: 'functions/queues/finance/plan-dunning.ts',
    timeoutSeconds: 60,
    batchSize: 1,
    concurrency: 5,
    table: 'read',
    sends: ['dun-customer'],
  },
  {
    name: 'dun-customer',
    entry: 'functions/queues/finance/dun-customer.ts',
    timeoutSeconds: 60,
    batchSize: 1,
    concurrency: 5,
    table: 'write',
    sends: ['dun-customer'],
    mails: true,
  },
  {
    name: 'send-digest',
    entry: 'functions/queues/reminders/send-digest.ts',
    timeoutSeconds: 60,
    batchSize: 1,
    concurrency: 10,
    table: 'write',
    sends: ['send-digest'],
    mails: true,
  },
]

export const schedules: Schedule[] = [
  {
    name: 'campaigns',
    entry: 'functions/schedules/marketing/start-campaigns.ts',
    cron: 'cron(0/5 * * * ? *)',
    timeoutSeconds: 60,
    table: 'none',
    system: 'write',
    sends: ['plan-campaign'],
  },
  {
    name: 'pool-reclaim',
    entry: 'functions/schedules/parties/start-reclaims.ts',
    cron: 'cron(0 * * * ? *)',
    timeoutSeconds: 120,
    table: 'write',
    system: 'write',
    sends: ['reclaim-customers'],
  },
  {
    name: 'dunning',
    entry: 'functions/schedules/finance/start-dunning.ts',
    cron: 'cron(0 * * * ? *)',
    timeoutSeconds: 120,
    table: 'none',
    system: 'write',
    sends: ['plan-dunning'],
  },
  {
    name: 'reminders',
    entry: 'functions/schedules/reminders/start-digests.ts',
    cron: 'cron(0 * * * ? *)',
    timeoutSeconds: 120,
    table: 'none',
    system: 'read',
    sends: ['plan-digests'],
  },
]
