import type { ContextFunctions } from './kinds.ts'

export const finance: ContextFunctions = {
  http: [
    {
      name: 'finance',
      entry: 'functions/http/finance/index.ts',
      nouns: ['receivables', 'receipts', 'credit-notes', 'write-offs'],
      paths: ['/v1/customers/{id}/credit', '/v1/customers/{id}/receivables', '/v1/customers/{id}/receipts'],
      table: 'write',
    },
  ],
  consumers: [
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
  ],
  queues: [
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
  ],
  schedules: [
    {
      name: 'dunning',
      entry: 'functions/schedules/finance/start-dunning.ts',
      cron: 'cron(0 * * * ? *)',
      timeoutSeconds: 120,
      table: 'none',
      system: 'write',
      sends: ['plan-dunning'],
    },
  ],
}
