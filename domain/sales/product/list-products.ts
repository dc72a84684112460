import type { Context } from '../../kernel/context.ts'
import { Problem } from '../../kernel/errors.ts'
import { type ListInput, type ListSpec, type Page, requireServed } from '../../kernel/paging.ts'
import { recordOf } from '../../store/entity.ts'
import { findByExternalId } from '../../store/external-id.ts'
import { listPage } from '../../store/list.ts'
import { find } from '../../store/read.ts'
import { findBySku, productRange, products } from './product.table.ts'
import { type Product, skuKey } from './product.ts'
import { searchProducts } from './search-products.ts'

export const productList = {
  filters: { sku: ['eq', 'prefix'], active: ['eq'], text: ['contains'], externalId: ['eq'] },
  sorts: ['sku', '-sku'],
  search: '/v1/products/search',
} as const satisfies ListSpec

const ways = [['sku', 'active'], ['text', 'active'], ['externalId']]

interface Narrow {
  active: boolean | undefined
  prefix?: string | undefined
}

function activeOf(text: string | undefined): boolean | undefined {
  if (text === undefined || text === 'true' || text === 'false') return text === undefined ? undefined : text === 'true'
  throw new Problem('malformed', 'filter.invalid', 'filter[active] is true or false.')
}

async function pageOfOne(ctx: Context, id: string | undefined, { active, prefix = '' }: Narrow): Promise<Page<Product>> {
  const product = id ? await find(ctx, products, id) : undefined
  const fits = product && (active === undefined || product.active === active) && skuKey(product.sku).startsWith(skuKey(prefix))
  return { data: fits ? [product] : [], page: { next: null } }
}

/** Those whose SKU, name, model, spec or brand has the text somewhere, as the search finds them. */
async function pageOfText(ctx: Context, text: string, active: boolean | undefined, { sort, limit, cursor }: ListInput) {
  const where = active === undefined ? {} : { where: { field: 'active', op: 'eq' as const, value: active } }
  const { data, page } = await searchProducts(ctx, { text, ...where, sort, limit, cursor })
  return { data, page }
}

/** Products by SKU: all (gsi1), those that are sold or not any more (gsi2), by the beginning of a SKU, or by a text anywhere in them. */
export async function listProducts(ctx: Context, input: ListInput): Promise<Page<Product>> {
  const { filter } = input
  requireServed(filter, ways)
  const active = activeOf(filter.active?.eq)
  if (filter.externalId?.eq !== undefined) return pageOfOne(ctx, await findByExternalId(ctx, 'product', filter.externalId.eq), { active })
  if (filter.text?.contains !== undefined) return pageOfText(ctx, filter.text.contains, active, input)
  if (filter.sku?.eq !== undefined) return pageOfOne(ctx, await findBySku(ctx, filter.sku.eq), { active, prefix: filter.sku.prefix })
  const range = { ...productRange({ active, prefix: filter.sku?.prefix }), reverse: input.sort === '-sku' }
  const page = await listPage(ctx, 'products', [range], input)
  return { ...page, data: page.data.map((item) => recordOf(products, item)) }
}
