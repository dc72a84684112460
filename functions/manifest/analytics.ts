import type { ContextFunctions } from './kinds.ts'

export const analytics: ContextFunctions = {
  http: [{ name: 'reports', entry: 'functions/http/reports/index.ts', nouns: ['reports'], paths: [], table: 'write' }],
  consumers: [
    {
      name: 'count-order-on-order-agreed',
      entry: 'functions/consumers/analytics/count-order-on-order-agreed.ts',
      source: 'guanxi',
      detailTypes: ['order.confirmed.v1', 'order.amended.v1', 'order.cancelled.v1', 'order.closed.v1'],
      timeoutSeconds: 30,
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
  ],
}
