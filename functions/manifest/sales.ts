import type { ContextFunctions } from './kinds.ts'

export const sales: ContextFunctions = {
  http: [
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
  ],
  consumers: [
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
  ],
  queues: [
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
  ],
}
