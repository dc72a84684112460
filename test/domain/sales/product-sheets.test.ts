import { expect, test } from 'vitest'
import { listProducts } from '../../../domain/sales/product/list-products.ts'
import { exported, exporter } from '../../support/exports.ts'
import { csvOf, errorsOf, imported, importer } from '../../support/imports.ts'
import { newTenant } from '../../support/tenant.ts'

async function world() {
  const tenant = await newTenant()
  const who = await importer(tenant, tenant.admin)
  const all = async () => (await listProducts(who.ctx, { limit: 100, sort: 'sku', filter: {} })).data
  return { tenant, who, all }
}

const goods = csvOf(
  ['货号', '品名', '规格', '单位', '单价', '税率', '在售'],
  ['A-1', '连接器', '40P', '只', '1,850.123456', '13%', '是'],
  ['B-1', '电容', '', '只', 'USD 0.25', '免税', '否'],
  ['C-1', '电阻', '', '只', 'much', '17%', '是'],
)

test('products come in by their usual headings, are changed by SKU, and what is wrong is told', async () => {
  const { who, all } = await world()

  const first = await imported(who, 'products', goods, { matchBy: ['sku'], onMatch: 'update' })
  const again = await imported(who, 'products', csvOf(['SKU', 'Product', 'Price'], ['a-1', 'Connector', '2']), {
    matchBy: ['sku'],
    onMatch: 'update',
  })

  expect(first).toMatchObject({ status: 'done' })
  expect((await errorsOf(who, first.id)).map((cells) => cells.slice(0, 2))).toEqual([['4', 'row.value-invalid']])
  expect(again).toMatchObject({ status: 'done' })
  expect(await all()).toMatchObject([
    { sku: 'a-1', name: 'Connector', spec: '40P', listPrice: { amount: '2', currency: 'CNY' }, taxRate: '13', active: true },
    { sku: 'B-1', listPrice: { amount: '0.25', currency: 'USD' }, taxRate: 'exempt', active: false },
  ])
})

const prices = csvOf(
  ['货号', '价格等级', '起订量', '单价', '币种'],
  ['A-1', 'A', '', '1.6', ''],
  ['A-1', 'A', '1,000', '1.5', 'cny'],
  ['A-1', '', '10.50', '0.2', 'USD'],
  ['X-9', 'A', '', '1', ''],
)

test('prices by level and quantity come in a row each, and are changed where they stand', async () => {
  const { who, all } = await world()
  await imported(who, 'products', goods)

  const first = await imported(who, 'prices', prices, { matchBy: ['sku'], onMatch: 'update' })
  await imported(who, 'prices', csvOf(['SKU', 'Price level', 'From quantity', 'Unit price'], ['A-1', 'A', '1000', '1.45']), {
    matchBy: ['sku'],
    onMatch: 'update',
  })

  expect((await errorsOf(who, first.id)).map((cells) => cells.slice(0, 2))).toEqual([['5', 'product.not-found']])
  expect((await all())[0]!.prices).toEqual([
    { minQuantity: '10.5', unitPrice: '0.2', currency: 'USD' },
    { level: 'A', minQuantity: '0', unitPrice: '1.6', currency: 'CNY' },
    { level: 'A', minQuantity: '1000', unitPrice: '1.45', currency: 'CNY' },
  ])
})

test('what goes out comes in again as it was', async () => {
  const { tenant, who, all } = await world()
  await imported(who, 'products', goods)
  await imported(who, 'prices', prices)
  const before = await all()
  const out = await exporter(tenant, tenant.admin)

  const rows = [await exported(out, { kind: 'products' }), await exported(out, { kind: 'prices' })]
  const other = await world()
  await imported(other.who, 'products', csvOf(...rows[0]!.map((cells) => cells.slice(1))))
  await imported(other.who, 'prices', csvOf(...rows[1]!))

  const said = ({ sku, name, listPrice, prices: steps, taxRate, active }: (typeof before)[number]) => ({
    sku,
    name,
    listPrice,
    steps,
    taxRate,
    active,
  })
  expect((await other.all()).map(said)).toEqual(before.map(said))
})
