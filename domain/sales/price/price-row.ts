import * as z from 'zod'
import type { Context } from '../../kernel/context.ts'
import { notFound, Problem } from '../../kernel/errors.ts'
import { Currency } from '../../kernel/money.ts'
import type { RecordKind } from '../../kernel/record-kind.ts'
import { line } from '../../kernel/text.ts'
import { get } from '../../store/read.ts'
import { LinePrice, ruledDecimal } from '../document/decimal.ts'
import { ProductId } from '../document/line.ts'
import { changeProduct } from '../product/change-product.ts'
import { products } from '../product/product.table.ts'
import { type PriceStep, type Product, stepKey } from '../product/product.ts'

/**
 * One price of a product by level and quantity, as sheets have it: a row of its own, though it is kept with its product. Its id says
 * where it stands, its version what it says.
 */
export interface PriceRow extends PriceStep {
  id: string
  version: number
  productId: string
  sku: string
  name: string
}

const between = ' '
/** What a sheet calls a price: product, level, quantity and currency. */
export const rowId = (productId: string, step: Pick<PriceStep, 'level' | 'minQuantity' | 'currency'>): string =>
  `${productId}${between}${stepKey(step)}`

/** Changes whenever the price does: its millionths. */
const versionOf = ({ unitPrice }: PriceStep): number => 1 + (Math.round(Number(unitPrice) * 1_000_000) % 2_000_000_000)

/** The prices of a product as rows. */
export const rowsOf = ({ id: productId, sku, name, prices = [] }: Product): PriceRow[] =>
  prices.map((step) => ({ ...step, id: rowId(productId, step), version: versionOf(step), productId, sku, name }))

async function read(ctx: Context, id: string): Promise<{ product: Product; row: PriceRow }> {
  const product = await get(ctx, products, id.split(between)[0]!, { consistent: true })
  const row = rowsOf(product).find((one) => one.id === id)
  if (!row) throw notFound('price')
  return { product, row }
}

const setPrices = async (ctx: Context, product: Product, prices: PriceStep[]): Promise<Product> =>
  changeProduct(ctx, { id: product.id, changes: { prices }, ifMatch: `"${product.version}"` })

function requireSame(row: PriceRow, ifMatch: string | undefined): void {
  if (ifMatch === undefined || ifMatch === `"${row.version}"`) return
  throw new Problem('version-mismatch', 'version.mismatch', 'The price has changed since.', { extra: { current: row } })
}

const Create = z.strictObject({
  productId: ProductId,
  level: line(50).nullish(),
  minQuantity: ruledDecimal({ code: 'product.min-quantity', least: 'zero', most: 999_999_999, decimals: 6 }),
  unitPrice: LinePrice,
  currency: Currency,
})
const Change = z.strictObject({ unitPrice: LinePrice.optional() })

/** Prices by level and quantity as batch and import call them; each change is one of the product. */
export const priceKind: RecordKind<PriceRow> = {
  name: 'prices',
  noun: 'price',
  Create,
  Change,
  permissions: { read: 'products.read', write: 'products.write', remove: 'products.write' },
  get: async (ctx, { id }) => (await read(ctx, id)).row,
  async create(ctx, { productId, level, ...rest }: z.output<typeof Create>) {
    const product = await get(ctx, products, productId, { consistent: true })
    const step: PriceStep = { ...rest, ...(level ? { level } : {}) }
    const after = await setPrices(ctx, product, [...(product.prices ?? []), step])
    return rowsOf(after).find(({ id }) => id === rowId(productId, step))!
  },
  async change(ctx, { id, changes, ifMatch }: { id: string; changes: z.output<typeof Change>; ifMatch?: string | undefined }) {
    const { product, row } = await read(ctx, id)
    requireSame(row, ifMatch)
    if (changes.unitPrice === undefined || changes.unitPrice === row.unitPrice) return row
    const changed = (product.prices ?? []).map((step) =>
      rowId(product.id, step) === id ? { ...step, unitPrice: changes.unitPrice! } : step,
    )
    return rowsOf(await setPrices(ctx, product, changed)).find((one) => one.id === id)!
  },
  async remove(ctx, { id, ifMatch }) {
    const { product, row } = await read(ctx, id)
    requireSame(row, ifMatch)
    await setPrices(
      ctx,
      product,
      (product.prices ?? []).filter((step) => rowId(product.id, step) !== id),
    )
  },
}
