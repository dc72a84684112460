import type * as z from 'zod'
import type { Context } from '../../kernel/context.ts'
import { invalid } from '../../kernel/errors.ts'
import { type Upserted, upsertBy } from '../../platform/index.ts'
import { findBySku } from './product.table.ts'
import { type CreateProduct, type Product, skuKey } from './product.ts'
import { productKind } from './product-kind.ts'

type Given = Omit<z.output<typeof CreateProduct>, 'sku'> & { sku?: string | undefined }

/**
 * Creates the product with that SKU, or changes it by merge when there is one: what is left out stays. 422 for another SKU in
 * the body.
 */
export function upsertBySku(
  ctx: Context,
  { sku, input, ifMatch }: { sku: string; input: Given; ifMatch?: string | undefined },
): Promise<Upserted<Product>> {
  if (input.sku !== undefined && skuKey(input.sku) !== skuKey(sku))
    throw invalid('product.sku-differs', '/sku', 'The address names another SKU. Leave it out of the body.')
  const find = (own: Context, value: string) => findBySku(own, value, true)
  return upsertBy(ctx, productKind, { name: 'sku', find }, { value: input.sku ?? sku, input, ifMatch })
}
