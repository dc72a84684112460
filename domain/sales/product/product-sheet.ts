import { withoutHidden } from '../../identity/index.ts'
import { moneyValue, textValue, yesValue } from '../../kernel/cell-values.ts'
import type { Context } from '../../kernel/context.ts'
import { column, momentColumn, plainValues } from '../../kernel/transfer-field.ts'
import type { Row, TransferField, TransferKind } from '../../kernel/transfer-kind.ts'
import { matchByExternalId, matchByGuard, matchById } from '../../store/row-matchers.ts'
import { taxRateValue } from '../document/line-values.ts'
import { listProducts, productList } from './list-products.ts'
import { products, skuGuardName } from './product.table.ts'
import { type Price, type Product, skuKey } from './product.ts'
import { productKind } from './product-kind.ts'

const fields: TransferField[] = [
  column('id', 'ID', 'ID', textValue, '产品ID'),
  column('externalId', 'External ID', '外部编号', textValue, '产品外部编号'),
  column('sku', 'SKU', '货号', textValue, '产品编号', '物料编码', '编码', 'article number', 'item number', 'part number'),
  column('name', 'Name', '品名', textValue, '产品名称', '名称', 'product', 'product name', 'article'),
  column('model', 'Model', '型号', textValue),
  column('spec', 'Specification', '规格', textValue, '规格型号', 'spec'),
  column('brand', 'Brand', '品牌', textValue),
  column('category', 'Category', '类别', textValue, '分类', '产品类别'),
  column('unit', 'Unit', '单位', textValue, '计量单位'),
  column('listPrice', 'List price', '目录价', moneyValue, '单价', '标准价', '售价', 'price', 'unit price'),
  column('cost', 'Cost', '成本', moneyValue, '成本价', '进价', 'cost price'),
  column('pricesIncludeTax', 'Prices include tax', '含税', yesValue, '是否含税', '含税价'),
  column('taxRate', 'Tax rate', '税率', taxRateValue, 'VAT', 'vat rate'),
  column('active', 'Active', '在售', yesValue, '启用', '是否在售'),
  column('description', 'Description', '说明', textValue, '描述', '备注'),
  momentColumn('createdAt', 'Created', '创建时间'),
  momentColumn('updatedAt', 'Changed', '修改时间'),
]

/** A price in a cell: the amount, and its currency where that is not the firm's. */
const priceCell = (ctx: Context, price: Price | undefined | null): string | null =>
  price ? (price.currency === ctx.tenant.currency ? price.amount : `${price.amount} ${price.currency}`) : null

async function flatten(ctx: Context, records: object[]): Promise<Row[]> {
  return (records as Product[]).map(({ listPrice, cost, prices: _prices, ...rest }) => {
    const plain = Object.fromEntries(Object.entries(rest).filter(([, value]) => typeof value !== 'object')) as Row
    return { ...plain, listPrice: priceCell(ctx, listPrice), cost: priceCell(ctx, cost) }
  })
}

/** Products in sheets. Their prices by level and quantity are a sheet of their own. */
export const productSheet: TransferKind<Product> = {
  kind: productKind,
  label: { en: 'Products', 'zh-CN': '产品' },
  fields,
  required: [['sku'], ['name'], ['listPrice']],
  matchers: {
    id: matchById(products),
    externalId: matchByExternalId(products),
    sku: matchByGuard(skuGuardName, ({ sku }) => skuKey(String(sku))),
  },
  compose: async (_ctx, values) => plainValues(values),
  apartBy: ['sku'],
  list: { spec: productList, read: listProducts },
  present: (ctx, product) => withoutHidden(ctx.actor, 'product', product),
  flatten,
}
