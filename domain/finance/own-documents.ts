import { invalid } from '../kernel/errors.ts'
import { type Customer, isThingOf } from '../parties/index.ts'

interface Named {
  orderId?: string | null | undefined
  shipmentId?: string | null | undefined
}

/** 422 `<noun>.foreign-document` at its place for an order or shipment that is not of the customer, or of nobody in this firm. */
export function requireOwnDocuments(noun: string, customer: Customer, named: Named): void {
  for (const name of ['orderId', 'shipmentId'] as const) {
    const id = named[name]
    if (id && !isThingOf(customer, id)) throw invalid(`${noun}.foreign-document`, `/${name}`, 'This document belongs to another customer.')
  }
}
