import type { Context } from '../../kernel/context.ts'
import { invalid, notFound } from '../../kernel/errors.ts'
import { compact } from '../../kernel/merge-patch.ts'
import { type Customer, partitionsOf } from '../../parties/index.ts'
import { findMany } from '../../store/read.ts'
import { readItems } from '../../store/read-items.ts'
import type { LineChange, LineInput, LineRecord } from '../document/line.ts'
import { usualTaxRate } from '../document/usual-tax.ts'
import { products } from '../product/product.table.ts'
import type { Product } from '../product/product.ts'
import { type AgreedPrice, agreedPriceKey } from './price.table.ts'
import { catalogPrice, costInBase, type TaxedPrice, toldAs } from './price.ts'

/** A line with all it needs to be priced, before its amounts and its id. */
type FilledLine = Omit<LineRecord, 'id' | 'net' | 'tax' | 'gross'> & { id?: string | undefined }

/** Whose lines are filled, in what money. */
interface ToFill {
  customer: Customer
  currency: string
  exchangeRate: string
  pricesIncludeTax: boolean
  lines: readonly (LineInput | LineChange)[]
  /** The lines as they are: one that keeps its id and its product keeps what is not said anew. */
  before?: readonly LineRecord[]
}

type Given = LineInput & { id?: string | undefined }

const formerOf = ({ id, productId }: Given, before: readonly LineRecord[] = []): LineRecord | undefined => {
  const former = id ? before.find((line) => line.id === id) : undefined
  return former && (productId === undefined || former.productId === (productId ?? undefined)) ? former : undefined
}

/** The last agreed prices of these products, of all partitions of the customer the latest. */
async function agreedPrices(ctx: Context, customer: Customer, currency: string, productIds: string[]): Promise<Map<string, AgreedPrice>> {
  const asked = productIds.flatMap((productId) => partitionsOf(customer).map((partition) => ({ productId, partition })))
  const items = await readItems(
    ctx,
    asked.map(({ partition, productId }) => agreedPriceKey(partition, productId, currency)),
  )
  const latest = new Map<string, AgreedPrice>()
  for (const [i, { productId }] of asked.entries()) {
    const price = items[i] as AgreedPrice | undefined
    if (price && price.order > (latest.get(productId)?.order ?? '')) latest.set(productId, price)
  }
  return latest
}

/** A given line, on what it was, on what its product says. */
function described(line: Given, former: LineRecord | undefined, product: Product | undefined) {
  const { net: _net, tax: _tax, gross: _gross, ...kept } = former ?? ({} as Partial<LineRecord>)
  const ofProduct = product && !former ? { description: product.name, model: product.model, spec: product.spec, unit: product.unit } : {}
  const said = Object.fromEntries(Object.entries(line).filter(([, value]) => value !== undefined))
  return compact({ ...ofProduct, ...kept, ...said }) as Partial<FilledLine> & { quantity: string }
}

const priceMissing = (i: number, currency: string) =>
  invalid(
    'line.price-missing',
    `/lines/${i}/unitPrice`,
    `There is no price for this line: it was never agreed on in ${currency}, and the product has none in it. Say one.`,
  )

/** Products and last agreed prices that the lines need, in two calls side by side. */
async function known(ctx: Context, { customer, currency, lines, before }: ToFill) {
  const named = lines.map((line) => formerOf(line, before)?.productId ?? line.productId ?? undefined)
  const ids = [...new Set(named.filter((id) => id !== undefined))]
  const isOpen = (line: Given) => (line.unitPrice ?? formerOf(line, before)?.unitPrice) === undefined
  const unpriced = [...new Set(lines.flatMap((line) => (line.productId && isOpen(line) ? line.productId : [])))]
  const [found, agreed] = await Promise.all([
    findMany(
      ctx,
      ids.map((id) => ({ entity: products, id })),
    ),
    unpriced.length > 0 ? agreedPrices(ctx, customer, currency, unpriced) : new Map<string, AgreedPrice>(),
  ])
  return { found: found as Map<string, Product>, agreed }
}

/**
 * Lines as callers send them, with what they leave out: description, model, spec, unit and rate of tax from the product; the
 * price from what was last agreed with this customer, else from its price level by quantity, else from the list (domain:
 * Documents); the cost as it is now. 404 at its place for a product that there is not, 422 `line.price-missing`.
 */
export async function fillLines(ctx: Context, input: ToFill): Promise<FilledLine[]> {
  const { customer, currency, exchangeRate, pricesIncludeTax, lines, before } = input
  const { found, agreed } = await known(ctx, input)
  return lines.map((line, i) => {
    const former = formerOf(line, before)
    const productId = former?.productId ?? line.productId ?? undefined
    const product = productId ? found.get(productId) : undefined
    if (productId && !product && !former) throw notFound('product', `/lines/${i}/productId`)
    const text = described(line, former, product)
    if (!text.productId && !text.description) throw invalid('line.empty', `/lines/${i}`, 'A line must name a product or say what it is.')
    const taxRate = text.taxRate ?? product?.taxRate ?? usualTaxRate(ctx.tenant)
    const asked = { currency, quantity: text.quantity, level: customer.priceLevel }
    const told: TaxedPrice | undefined =
      text.unitPrice === undefined && product ? (agreed.get(product.id) ?? catalogPrice(product, asked)) : undefined
    const unitPrice = text.unitPrice ?? (told && toldAs(told, { pricesIncludeTax, taxRate }))
    if (unitPrice === undefined) throw priceMissing(i, currency)
    const unitCost = former?.unitCost ?? (product && costInBase(product, { currency, exchangeRate, base: ctx.tenant.currency }))
    return { ...text, unitPrice, taxRate, ...(unitCost ? { unitCost } : {}) }
  })
}
