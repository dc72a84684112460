import type { Context } from '../kernel/context.ts'
import { invalid, notFound } from '../kernel/errors.ts'
import { type Customer, customerPartition, isThingOf } from '../parties/index.ts'
import type { ItemKey } from '../store/entity-definition.ts'
import { readItems } from '../store/read-items.ts'
import { customersOfBooks } from './access.ts'

interface Named {
  orderId?: string | null | undefined
  shipmentId?: string | null | undefined
}

/** Where the documents of sales stand: beside the books, in the partition that their ids name (docs/data-model.md). */
const documents = [
  { field: 'orderId', noun: 'order', sk: 'ORD' },
  { field: 'shipmentId', noun: 'shipment', sk: 'SHP' },
] as const

/**
 * Refuses orders and shipments of another customer in sight: 422 with that code, and those that there are not: 404 `order.not-found`,
 * `shipment.not-found`, each at its place. A unit of reading for each that is named, nothing where none is.
 */
export async function requireOwnDocuments(ctx: Context, customer: Customer, named: Named, foreign: string): Promise<void> {
  const wanted = documents.flatMap((document) => (named[document.field] ? [{ ...document, id: named[document.field]! }] : []))
  if (wanted.length === 0) return
  const keys = wanted.map(({ id, sk }): ItemKey => ({ pk: customerPartition(id), sk: [sk, id] }))
  const [found, seen] = await Promise.all([readItems(ctx, keys, { consistent: true }), customersOfBooks(ctx, foreignOf(customer, wanted))])
  for (const [i, { field, noun, id }] of wanted.entries()) {
    const isOwn = isThingOf(customer, id)
    if (!found[i] || (!isOwn && !seen.has(id))) throw notFound(noun, `/${field}`)
    if (!isOwn) throw invalid(foreign, `/${field}`, 'This document belongs to another customer.')
  }
}

const foreignOf = (customer: Customer, wanted: readonly { id: string }[]): string[] =>
  wanted.map(({ id }) => id).filter((id) => !isThingOf(customer, id))
