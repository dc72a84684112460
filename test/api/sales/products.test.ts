import { expect, test } from 'vitest'
import { productOf, salesAs } from '../../support/sales.ts'
import { newTenant } from '../../support/tenant.ts'

async function shop() {
  const tenant = await newTenant()
  return { tenant, call: salesAs(tenant, tenant.admin) }
}

const skus = (answer: { body: { data: { sku: string }[] } }) => answer.body.data.map(({ sku }) => sku)

test('a product is created, read, changed and deleted', async () => {
  const { call } = await shop()
  const prices = [
    { level: 'A', minQuantity: 10_000, unitPrice: '1.55' },
    { unitPrice: 0.25, currency: 'USD' },
    { level: 'A', unitPrice: '1.620000' },
  ]

  const created = await call('/v1/products', {
    body: { sku: ' LJQ-2041', name: '连接器', listPrice: 1.85, cost: { amount: '0.9', currency: 'CNY' }, prices, taxRate: 13 },
  })
  const at = created.headers.location!
  const changed = await call(at, { method: 'PATCH', body: { listPrice: '1.95', prices: null, active: false } })
  const removed = await call(at, { method: 'DELETE' })

  expect(created).toMatchObject({
    status: 201,
    body: {
      sku: 'LJQ-2041',
      listPrice: { amount: '1.85', currency: 'CNY' },
      cost: { amount: '0.9', currency: 'CNY' },
      pricesIncludeTax: true,
      active: true,
      taxRate: '13',
      prices: [
        { level: null, minQuantity: '0', unitPrice: '0.25', currency: 'USD' },
        { level: 'A', minQuantity: '0', unitPrice: '1.62', currency: 'CNY' },
        { level: 'A', minQuantity: '10000', unitPrice: '1.55', currency: 'CNY' },
      ],
    },
  })
  expect(changed.body).toMatchObject({ listPrice: { amount: '1.95', currency: 'CNY' }, prices: [], active: false, version: 2 })
  expect(removed.status).toBe(204)
  expect((await call(at)).body.code).toBe('product.not-found')
})

test('an amount alone keeps the currency that the price has', async () => {
  const { call } = await shop()
  const created = await call('/v1/products', { body: { sku: 'X', name: 'x', listPrice: { amount: '2', currency: 'USD' } } })

  const changed = await call(created.headers.location!, {
    method: 'PATCH',
    body: { listPrice: '2.5', prices: [{ level: 'A', unitPrice: '2' }] },
  })

  expect(changed.body).toMatchObject({ listPrice: { amount: '2.5', currency: 'USD' }, prices: [{ unitPrice: '2', currency: 'USD' }] })
})

test.each([
  ['a price with 7 decimals', { listPrice: '1.1234567' }, 422, 'line.price-too-precise', '/listPrice'],
  ['a negative price', { listPrice: { amount: '-1', currency: 'CNY' } }, 422, 'line.price-negative', '/listPrice/amount'],
  ['an unknown currency', { listPrice: { amount: '1', currency: 'RMB' } }, 422, 'input.invalid', '/listPrice/currency'],
  ['a rate of tax that there is not', { taxRate: '17' }, 422, 'input.invalid', '/taxRate'],
  [
    'two prices for the same',
    {
      prices: [
        { level: 'A', unitPrice: 1 },
        { level: 'A', minQuantity: '0', unitPrice: 2 },
      ],
    },
    422,
    'product.price-duplicate',
    '/prices/1',
  ],
  ['a quantity below zero', { prices: [{ minQuantity: -1, unitPrice: 1 }] }, 422, 'product.min-quantity-negative', '/prices/0/minQuantity'],
  ['a SKU that is no Unicode', { sku: '\ud800' }, 422, 'input.invalid', '/sku'],
  ['a SKU that another has, in other letters', { sku: 'ｌｊｑ-2041' }, 409, 'product.sku-taken', '/sku'],
])('%s is refused at its place', async (_, more, status, code, pointer) => {
  const { tenant, call } = await shop()
  await productOf(tenant)

  const answer = await call('/v1/products', { body: { sku: 'NEW', name: 'new', listPrice: '1', ...more } })

  expect(answer).toMatchObject({ status, body: { code } })
  expect(answer.body.errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer)
  expect(skus(await call('/v1/products'))).toEqual(['LJQ-2041'])
})

test('of two who give one SKU at once one wins', async () => {
  const { call } = await shop()

  const answers = await Promise.all([1, 2, 3, 4].map(() => call('/v1/products', { body: { sku: 'S', name: 's', listPrice: 1 } })))

  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409])
})

test('who may not see what a product costs neither reads, sets nor searches it', async () => {
  const { tenant } = await shop()
  await productOf(tenant, { cost: '0.9' })
  const [rep, assistant] = [salesAs(tenant, await tenant.user('rep')), salesAs(tenant, await tenant.user('assistant'))]

  const read = await rep('/v1/products')
  const found = await rep('/v1/products/search', { body: { text: 'LJQ' } })
  const set = await assistant('/v1/products', { body: { sku: 'N', name: 'n', listPrice: 1, cost: 1 } })
  const written = await rep('/v1/products', { body: { sku: 'N', name: 'n', listPrice: 1 } })

  expect(read.body.data[0].cost).toBeNull()
  expect(found.body.data[0].cost).toBeNull()
  expect(set).toMatchObject({ status: 403, body: { code: 'field.forbidden', errors: [{ pointer: '/cost' }] } })
  expect(written.status).toBe(403)
})

test('the list goes by SKU, by the beginning of one, and by what is still sold', async () => {
  const { tenant, call } = await shop()
  for (const [sku, active] of [
    ['b-2', true],
    ['B-1', false],
    ['A-1', true],
    ['报-1', true],
  ] as const)
    await productOf(tenant, { sku, active })

  const first = await call('/v1/products?limit=3')
  const rest = await call(`/v1/products?limit=3&cursor=${first.body.page.next}`)

  expect([...skus(first), ...skus(rest)]).toEqual(['报-1', 'A-1', 'B-1', 'b-2'])
  expect(skus(await call('/v1/products?filter[sku][prefix]=B&sort=-sku'))).toEqual(['b-2', 'B-1'])
  expect(skus(await call(`/v1/products?filter[sku][prefix]=${encodeURIComponent('报')}`))).toEqual(['报-1'])
  expect(skus(await call('/v1/products?filter[active]=false'))).toEqual(['B-1'])
  expect(skus(await call('/v1/products?filter[sku]=b-1&filter[active]=true'))).toEqual([])
  expect((await call('/v1/products?filter[active]=yes')).body.code).toBe('filter.invalid')
  expect((await call('/v1/products?filter[name]=x')).body.code).toBe('filter.unsupported')
})

test('a product is found by any part of what it is called, by pinyin and by first letters', async () => {
  const { tenant, call } = await shop()
  await productOf(tenant, { model: 'BTB-0.5-40P', spec: '0.5mm 间距', brand: 'Hirose' })
  await productOf(tenant, { sku: 'DR-1', name: '贴片电容', model: 'C0402' })
  const long = '长'.repeat(180)
  await productOf(tenant, { sku: 'LONG', name: long, spec: `${long}尾` })
  const found = async (text: string) => skus(await call('/v1/products/search', { body: { text } }))

  for (const text of ['2041', '连接', 'btb', '40P', '间距', 'hirose', 'lianjieqi', 'ljq', 'bdblj', '连接 40p', 'ＬＪＱ－２０４１'])
    expect(await found(text), text).toEqual(['LJQ-2041'])
  expect(await found('tpdr')).toEqual(['DR-1'])
  expect(await found('尾')).toEqual(['LONG'])
  expect(await found('lianjie 0402')).toEqual([])
  expect(skus(await call('/v1/products?filter[text][contains]=ljq&filter[active]=true'))).toEqual(['LJQ-2041'])
})

test('a search compares any field, sorts, pages and answers the fields that were asked for', async () => {
  const { tenant, call } = await shop()
  for (const i of [1, 2, 3, 4]) await productOf(tenant, { sku: `S${i}`, name: `n${i}`, listPrice: i })
  const body = { where: { field: 'listPrice.amount', op: 'gte', value: 2 }, sort: '-name', limit: 2, fields: ['sku'] }

  const first = await call('/v1/products/search', { body })
  const second = await call('/v1/products/search', { body: { ...body, cursor: first.body.page.next } })

  expect(first.body).toMatchObject({ total: 3, data: [{ sku: 'S4' }, { sku: 'S3' }] })
  expect(Object.keys(first.body.data[0])).toEqual(['id', 'sku'])
  expect(skus(second)).toEqual(['S2'])
  expect((await call('/v1/products/search', { body: { where: { field: 'cost', op: 'eq', value: '1' } } })).body.code).toBe(
    'search.unknown-field',
  )
})

test('products are put in by SKU and by externalId, alone and in a batch', async () => {
  const { call } = await shop()
  const put = (path: string, body: object) => call(`/v1/products/${path}`, { method: 'PUT', body })

  const created = await put('by-sku/A%2F1', { name: 'a', listPrice: 1 })
  const changed = await put('by-sku/a%2F1', { name: 'b', listPrice: 1 })
  const other = await put('by-sku/A%2F1', { sku: 'B', name: 'b', listPrice: 1 })
  const tooLong = await put(`by-sku/${'x'.repeat(400)}`, { name: 'b', listPrice: 1 })
  const external = await put('by-external-id/erp-1', { sku: 'E', name: 'e', listPrice: 1 })
  const batch = await call('/v1/products/batch', {
    body: {
      operation: 'upsert',
      items: [
        { externalId: 'erp-1', sku: 'E', name: 'e2', listPrice: 1 },
        { externalId: 'erp-2', sku: 'F', name: 'f', listPrice: 1 },
      ],
    },
  })

  expect(created).toMatchObject({ status: 201, body: { sku: 'A/1' } })
  expect(changed).toMatchObject({ status: 200, body: { id: created.body.id, name: 'b' } })
  expect(other).toMatchObject({ status: 422, body: { code: 'product.sku-differs' } })
  expect(tooLong).toMatchObject({ status: 422, body: { errors: [{ pointer: '/sku', code: 'too-big' }, {}] } })
  expect(external.status).toBe(201)
  expect(batch.body.results.map(({ status }: { status: number }) => status)).toEqual([200, 201])
})
