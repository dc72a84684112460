import type { Context } from '../../kernel/context.ts'
import { partitionOf } from '../../kernel/ids.ts'
import { customerPartition } from '../../parties/index.ts'
import { type ItemKey, itemKey } from '../../store/entity-definition.ts'
import { joinParts, tenantKey } from '../../store/keys.ts'
import type { Range } from '../../store/query.ts'
import { tryWrite } from '../../store/try-write.ts'
import type { PastPrice } from './price.ts'

/** The price a product was last agreed at with a customer, in one currency. */
export interface AgreedPrice {
  unitPrice: string
  pricesIncludeTax: boolean
  /** The day, then the source: the later one holds. */
  order: string
}

/** Access pattern: the last agreed prices of many products; one BatchGet, 0.5 RRU each. */
export const agreedPriceKey = (customerId: string, productId: string, currency: string): ItemKey => ({
  pk: customerPartition(customerId),
  sk: ['PRL', productId, currency],
})

const ofProduct = (customerId: string, productId: string) => ['PRH-OF', partitionOf(customerId), productId]

/** Access pattern: what a customer was told and agreed to, by day; one Query of its partition, of one product by gsi1. */
export function pastPricesOf(customerId: string, { from, to }: { from?: string; to?: string }, productId?: string): Range {
  if (productId) return { index: 'gsi1', partition: ofProduct(customerId, productId), ...(from ? { from } : {}), ...(to ? { to } : {}) }
  const span = { ...(from ? { from: `PRH#${from}` } : {}), ...(to ? { to: `PRH#${to}` } : {}) }
  return { partition: customerPartition(customerId), prefix: ['PRH'], ...span }
}

/** Writes an entry of the history; again is the same. */
export async function putPastPrice(ctx: Context, customerId: string, price: PastPrice): Promise<void> {
  const place = [price.on, price.source.lineId, price.source.kind]
  await tryWrite(ctx, {
    ...itemKey(ctx, { pk: customerPartition(customerId), sk: ['PRH', ...place] }),
    put: {
      Item: {
        entity: 'past-price',
        gsi1pk: tenantKey(ctx, ofProduct(customerId, price.productId)),
        gsi1sk: joinParts(place),
        ...price,
      },
    },
  })
}

/** Keeps a price as the last agreed one unless a later one is known: events come in any order, and tell of the document as it is. */
export async function putAgreedPrice(ctx: Context, customerId: string, price: PastPrice): Promise<void> {
  const { productId, currency, unitPrice, pricesIncludeTax, on, source } = price
  const order = `${on} ${source.lineId} ${source.kind}`
  await tryWrite(ctx, {
    ...itemKey(ctx, agreedPriceKey(customerId, productId, currency)),
    put: { Item: { entity: 'agreed-price', unitPrice, pricesIncludeTax, order } },
    condition: 'attribute_not_exists(#order) OR #order <= :order',
    names: { '#order': 'order' },
    values: { ':order': order },
  })
}
