import type { Context } from '../kernel/context.ts'
import { invalid, notFound } from '../kernel/errors.ts'
import { type Customer, customerPartition, isThingOf } from '../parties/index.ts'
import type { ItemKey } from '../store/entity.ts'
import { readItems } from '../store/read.ts'
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
  const others = wanted.filter(({ id }) => !isThingOf(customer, id))
  const seen =
    others.length > 0
      ? await customersOfBooks(
          ctx,
          others.map(({ id }) => id),
        )
      : new Map()
  for (const { field, noun, id } of others)
    throw seen.has(id) ? invalid(foreign, `/${field}`, 'This document belongs to another customer.') : notFound(noun, `/${field}`)
  const keys = wanted.map(({ id, sk }): ItemKey => ({ pk: customerPartition(id), sk: [sk, id] }))
  const found = await readItems(ctx, keys, { consistent: true })
  for (const [i, { field, noun }] of wanted.entries()) if (!found[i]) throw notFound(noun, `/${field}`)
}
