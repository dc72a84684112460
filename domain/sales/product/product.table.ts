import type { Context } from '../../kernel/context.ts'
import { Problem } from '../../kernel/errors.ts'
import { defineEntity } from '../../store/entity.ts'
import type { Guard } from '../../store/entity-definition.ts'
import { externalIdGuard } from '../../store/external-id.ts'
import { findGuarded } from '../../store/guard.ts'
import { encodePart } from '../../store/keys.ts'
import type { Range } from '../../store/query.ts'
import { type Product, skuKey } from './product.ts'
import { cardsOf } from './product-card.ts'

export const allProducts = ['PRO-ALL']
const productsBy = (active: boolean) => ['PRO-ALL', active ? 'active' : 'inactive']

export const skuGuardName = 'product-sku'

function skuGuard(sku: string): Guard {
  const code = 'product.sku-taken'
  const taken = () =>
    new Problem('conflict', code, 'Another product has this SKU.', {
      errors: [{ pointer: '/sku', code, message: 'It must be unique.' }],
    })
  return { name: skuGuardName, value: skuKey(sku), taken }
}

/** Lists by SKU for all (gsi1) and for those that are sold, or are not any more (gsi2). */
export const products = defineEntity<Product>({
  type: 'product',
  prefix: 'pro',
  schemaVersion: 1,
  key: (id) => ({ pk: ['PRO', id], sk: ['PRO'] }),
  gsi1: ({ sku }) => ({ pk: allProducts, sk: [skuKey(sku)] }),
  gsi2: ({ sku, active }) => ({ pk: productsBy(active), sk: [skuKey(sku)] }),
  guards: ({ sku, externalId }) => [skuGuard(sku), ...externalIdGuard('product', externalId)],
  cards: cardsOf,
})

/** The id of the product with that SKU. One get, 0.5 RRU. */
export const findBySku = (ctx: Context, sku: string, consistent = false): Promise<string | undefined> =>
  findGuarded(ctx, skuGuardName, skuKey(sku), consistent)

/** Access pattern: products by SKU, all or those that are active or not, from the beginning of a SKU on; one Query. */
export function productRange({ active, prefix }: { active?: boolean | undefined; prefix?: string | undefined }): Range {
  const span = prefix === undefined ? {} : { from: encodePart(skuKey(prefix)), to: `${encodePart(skuKey(prefix))}\uffff` }
  return active === undefined
    ? { index: 'gsi1', partition: allProducts, ...span }
    : { index: 'gsi2', partition: productsBy(active), ...span }
}
