import { textValue } from '../../kernel/cell-values.ts'
import type { Context } from '../../kernel/context.ts'
import { notFound, Problem } from '../../kernel/errors.ts'
import type { ListInput, Page } from '../../kernel/paging.ts'
import { quoted } from '../../kernel/text.ts'
import { column } from '../../kernel/transfer-field.ts'
import type { Row, TransferField, TransferKind, Values } from '../../kernel/transfer-kind.ts'
import { get } from '../../store/read.ts'
import { listProducts } from '../product/list-products.ts'
import { findBySku, products } from '../product/product.table.ts'
import { type PriceRow, priceKind, rowId, rowsOf } from './price-row.ts'

/** A decimal as people write it, with separators and signs of currencies. */
function decimalValue(_: unknown, text: string): string {
  const plain = text.normalize('NFKC').replaceAll(/[\s,¥€$£元]/g, '')
  if (/^\d{1,12}(\.\d+)?$/.test(plain)) return plain.replace(/^0+(?=\d)/, '')
  throw new Problem('invalid', 'row.value-invalid', `${quoted(text)} is no number. Write it as 1234.50.`)
}

const currencyValue = (_: unknown, text: string): string => text.normalize('NFKC').trim().toUpperCase()

const fields: TransferField[] = [
  column('sku', 'SKU', '货号', textValue, '产品编号', '物料编码', '编码', 'article number', 'item number', 'part number'),
  column('name', 'Product', '品名'),
  column('level', 'Price level', '价格等级', textValue, '等级', '客户等级', 'level'),
  column('minQuantity', 'From quantity', '起订量', decimalValue, '数量', '最小数量', 'min quantity', 'minimum quantity', 'quantity'),
  column('unitPrice', 'Unit price', '单价', decimalValue, '价格', 'price'),
  column('currency', 'Currency', '币种', currencyValue, '货币'),
]

/** A decimal without zeros at its end, as it is stored. */
const wholeOf = (text: string) => (text.includes('.') ? text.replace(/\.?0+$/, '') : text)

/** The product of a row, and where its price stands there. */
async function placeOf(ctx: Context, values: Values) {
  const productId = await findBySku(ctx, String(values.sku), true)
  if (!productId) throw notFound('product', '/sku')
  const level = values.level === undefined ? {} : { level: String(values.level) }
  const minQuantity = wholeOf(String(values.minQuantity ?? '0'))
  const currency = String(values.currency ?? (await get(ctx, products, productId)).listPrice.currency)
  return { productId, ...level, minQuantity, currency }
}

async function bySku(ctx: Context, values: Values): Promise<string[]> {
  const { productId, ...step } = await placeOf(ctx, values)
  const id = rowId(productId, step)
  const product = await get(ctx, products, productId, { consistent: true })
  return rowsOf(product).some((row) => row.id === id) ? [id] : []
}

/** The prices of a page of products. */
async function read(ctx: Context, input: ListInput): Promise<Page<PriceRow>> {
  const page = await listProducts(ctx, input)
  return { ...page, data: page.data.flatMap(rowsOf) }
}

/** Prices by level and quantity in sheets, a row each; matched by the SKU with level, quantity and currency. */
export const priceSheet: TransferKind<PriceRow> = {
  kind: priceKind,
  label: { en: 'Prices', 'zh-CN': '价格' },
  fields,
  required: [['sku'], ['unitPrice']],
  matchers: { sku: bySku },
  compose: async (ctx, values) => ({ ...(await placeOf(ctx, values)), unitPrice: values.unitPrice }),
  apartBy: ['sku'],
  list: { spec: { filters: {}, sorts: ['sku', '-sku'] }, read },
  present: (_ctx, row) => row,
  flatten: async (_ctx, rows) =>
    (rows as PriceRow[]).map(
      ({ sku, name, level, minQuantity, unitPrice, currency }): Row => ({
        ...{ sku, name, level: level ?? null, minQuantity, unitPrice, currency },
      }),
    ),
}
