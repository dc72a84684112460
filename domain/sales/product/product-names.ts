import type { Context } from '../../kernel/context.ts'
import { findMany } from '../../store/read.ts'
import { products } from './product.table.ts'
import type { Product } from './product.ts'

/** What products are called, with their model, by id: for whoever shows many. Half a unit of reading each. */
export async function productNames(ctx: Context, ids: readonly string[]): Promise<Map<string, string>> {
  const found = await findMany(
    ctx,
    ids.map((id) => ({ entity: products, id })),
  )
  return new Map(
    [...found.values()].map((product) => {
      const { id, name, model } = product as Product
      return [id, [name, model].filter(Boolean).join(' ')]
    }),
  )
}
