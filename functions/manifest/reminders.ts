import type { ContextFunctions } from './kinds.ts'

export const reminders: ContextFunctions = {
  http: [{ name: 'reminders', entry: 'functions/http/reminders/index.ts', nouns: [], paths: ['/r/{token}'], table: 'write' }],
  consumers: [
    {
      name: 'tell-managers-on-order-held',
      entry: 'functions/consumers/reminders/tell-managers-on-order-held.ts',
      source: 'guanxi',
      detailTypes: ['order.held.v1'],
      timeoutSeconds: 30,
      table: 'read',
      sends: ['send-hold-notice'],
    },
  ],
  queues: [
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
      name: 'plan-digests',
      entry: 'functions/queues/reminders/plan-digests.ts',
      timeoutSeconds: 60,
      batchSize: 5,
      concurrency: 5,
      table: 'write',
      system: 'write',
      sends: ['send-digest', 'watch-dormancy'],
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
  ],
  schedules: [
    {
      name: 'reminders',
      entry: 'functions/schedules/reminders/start-digests.ts',
      cron: 'cron(0 * * * ? *)',
      timeoutSeconds: 120,
      table: 'none',
      system: 'read',
      sends: ['plan-digests'],
    },
  ],
}
