import type * as z from 'zod'
import { ProductChanged, ProductCreated, ProductDeleted } from '../../../events/sales.ts'
import { requireWritableFields } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { invalid } from '../../kernel/errors.ts'
import { changedFields, compact, mergePatch } from '../../kernel/merge-patch.ts'
import { commit } from '../../store/commit.ts'
import { get } from '../../store/read.ts'
import { newRecord, requireVersion } from '../../store/record.ts'
import { usuallyIncludesTax } from '../document/usual-tax.ts'
import { products } from './product.table.ts'
import {
  type ChangeProduct,
  type CreateProduct,
  type PriceStep,
  type Product,
  ProductRecord,
  stepKey,
  storedPrice,
  storedSteps,
} from './product.ts'

const subjectOf = ({ id }: Product) => ({ type: 'product', id })

type Given = z.output<typeof ChangeProduct>

/** Prices as they are stored; `currency` is that of an amount alone. */
function withStoredPrices<T extends Given>(given: T, currency: string, listed: string) {
  const { listPrice, cost, prices, ...rest } = given
  return {
    ...rest,
    ...(listPrice ? { listPrice: storedPrice(listPrice, listed) } : {}),
    ...(cost === undefined ? {} : { cost: cost && storedPrice(cost, currency) }),
    ...(prices === undefined
      ? {}
      : { prices: prices && storedSteps(prices, listPrice ? storedPrice(listPrice, listed).currency : listed) }),
  }
}

/** 422 `product.price-duplicate`: of two prices for the same it would be anybody's guess which counts. */
function requireDistinctSteps(prices: readonly PriceStep[] = []): void {
  const seen = new Set<string>()
  for (const [i, step] of prices.entries()) {
    if (seen.has(stepKey(step)))
      throw invalid('product.price-duplicate', `/prices/${i}`, 'There is another price for this level, quantity and currency.')
    seen.add(stepKey(step))
  }
}

/** Adds a product. 409 for a SKU that another has, 403 for the cost from a role that does not see it. */
export async function createProduct(ctx: Context, input: z.output<typeof CreateProduct>): Promise<Product> {
  requireWritableFields(ctx.actor, 'product', input)
  const { currency } = ctx.tenant
  const usual = { pricesIncludeTax: usuallyIncludesTax(ctx.tenant), active: true }
  const product = { ...usual, ...compact(withStoredPrices(compact(input), currency, currency)), ...newRecord(ctx, 'pro') } as Product
  requireDistinctSteps(product.prices)
  return commit(ctx, [products.create(product)], [ProductCreated(subjectOf(product), {})])
}

/** Changes a product by merge patch. Documents that name it keep what they say. */
export async function changeProduct(
  ctx: Context,
  { id, changes, ifMatch }: { id: string; changes: Given; ifMatch?: string | undefined },
): Promise<Product> {
  requireWritableFields(ctx.actor, 'product', changes)
  const before = await get(ctx, products, id, { consistent: true })
  requireVersion(before, ifMatch)
  const after = mergePatch(ProductRecord, before, withStoredPrices(changes, ctx.tenant.currency, before.listPrice.currency))
  requireDistinctSteps(after.prices)
  const changed = changedFields(before, after)
  if (changed.length === 0) return before
  return commit(ctx, [products.replace(ctx, before, after)], [ProductChanged(subjectOf(before), { changed })])
}

/** Deletes a product. Documents that name it keep its id and what they say of it. */
export async function deleteProduct(ctx: Context, { id, ifMatch }: { id: string; ifMatch?: string | undefined }): Promise<void> {
  const product = await get(ctx, products, id, { consistent: true })
  requireVersion(product, ifMatch)
  await commit(ctx, [products.remove(product)], [ProductDeleted(subjectOf(product), {})])
}

export const getProduct = (ctx: Context, { id }: { id: string }): Promise<Product> => get(ctx, products, id)
