import { deflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { httpHandler } from '../../../functions/http/api.ts'
import { documentsRoutes } from '../../../functions/http/documents/routes.ts'
import { tenantRoutes } from '../../../functions/http/identity/tenant.ts'
import { caller } from '../../support/call.ts'
import { memoryFiles } from '../../support/files.ts'
import { newTenant } from '../../support/tenant.ts'

async function office() {
  const tenant = await newTenant()
  const handler = httpHandler([...documentsRoutes, ...tenantRoutes], { files: memoryFiles() })
  return { tenant, call: caller(handler, tenant.id, tenant.admin) }
}

/** A whole PNG of one colour. */
function png(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(data.length)
    return Buffer.concat([length, Buffer.from(type), data, Buffer.alloc(4)])
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width)
  header.writeUInt32BE(height, 4)
  header.set([8, 6, 0, 0, 0], 8)
  const rows = Buffer.alloc((width * 4 + 1) * height, 0)
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

test('a template begins with what is built in, is changed, shown and deleted', async () => {
  const { call } = await office()

  const created = await call('/v1/document-templates', {
    body: { name: '三联送货单', kind: 'delivery-note', paper: '241x140', isDefault: true },
  })
  const at = created.headers.location!
  const changed = await call(at, { method: 'PATCH', body: { columns: [{ field: 'product' }, { field: 'quantity', heading: '实发数量' }] } })
  const back = await call(at, { method: 'PATCH', body: { columns: null, accent: '#0f766e' } })
  const listed = await call('/v1/document-templates')
  const removed = await call(at, { method: 'DELETE' })

  expect(created).toMatchObject({
    status: 201,
    body: { locale: 'zh-CN', paper: '241x140', layout: { footer: expect.stringContaining('送货人') } },
  })
  expect(changed.body.columns).toEqual([{ field: 'product' }, { field: 'quantity', heading: '实发数量' }])
  expect(back.body).toMatchObject({ accent: '#0f766e', columns: created.body.columns })
  expect(listed.body.data).toMatchObject([{ name: '三联送货单' }])
  expect([removed.status, (await call(at)).status]).toEqual([204, 404])
})

test('a name and a default of a kind and language are there once', async () => {
  const { call } = await office()
  await call('/v1/document-templates', { body: { name: '标准', kind: 'quote', isDefault: true } })

  const sameName = await call('/v1/document-templates', { body: { name: '标准', kind: 'order' } })
  const secondDefault = await call('/v1/document-templates', { body: { name: '另一个', kind: 'quote', isDefault: true } })
  const otherLanguage = await call('/v1/document-templates', { body: { name: 'Standard', kind: 'quote', locale: 'en', isDefault: true } })

  expect(sameName).toMatchObject({ status: 409, body: { code: 'document-template.name-taken' } })
  expect(secondDefault).toMatchObject({ status: 409, body: { code: 'document-template.default-taken' } })
  expect(otherLanguage.status).toBe(201)
})

describe('a broken template is refused with the place of its fault and what to do', () => {
  const layout = (block: object) => ({ blocks: [{ type: 'lines' }, block] })
  test.each([
    [
      'Liquid that is not closed',
      { layout: layout({ type: 'text', text: '一\n{{ document.number' }) },
      '/layout/blocks/1/text',
      'template.liquid',
      /Line 2/,
    ],
    [
      'an unknown tag',
      { layout: layout({ type: 'text', text: "{% include 'x' %}" }) },
      '/layout/blocks/1/text',
      'template.liquid',
      /include/,
    ],
    [
      'an unknown name',
      { layout: layout({ type: 'text', text: '{{ customer.nam }}' }) },
      '/layout/blocks/1/text',
      'template.unknown-name',
      /customer\.name/,
    ],
    [
      'a fault within columns',
      { layout: layout({ type: 'columns', columns: [[{ type: 'fields', items: [{ label: 'A', text: '{{ x' }] }], [{ type: 'rule' }]] }) },
      '/layout/blocks/1/columns/0/0/items/0/text',
      'template.liquid',
      /column/,
    ],
    ['a loop without end', { message: '{% for i in (1..100000000) %}{% endfor %}' }, '/message', 'template.liquid', /memory/],
    ['a subject', { subject: '{{ firm.nmae }}' }, '/subject', 'template.unknown-name', /firm\.name/],
    ['a column of another kind', { columns: [{ field: 'balance' }] }, '/columns/0/field', 'template.unknown-column', /quantity/],
    [
      'columns wider than the paper',
      {
        columns: [
          { field: 'product', width: 150 },
          { field: 'quantity', width: 90 },
        ],
      },
      '/columns',
      'template.too-wide',
      /181 mm/,
    ],
    [
      'shares for columns that there are not',
      { layout: layout({ type: 'columns', columns: [[{ type: 'rule' }], [{ type: 'rule' }]], widths: [1, 1, 1] }) },
      '/layout/blocks/1/widths',
      'template.widths-wrong',
      /2 columns/,
    ],
    ['a block that there is not', { layout: layout({ type: 'script', text: 'x' }) }, '/layout/blocks/1/type', 'input.invalid', /./],
    [
      'something that a block does not have',
      { layout: layout({ type: 'text', text: 'x', url: 'http://x' }) },
      '/layout/blocks/1/url',
      'input.invalid',
      /no such property/,
    ],
    [
      'two letterheads',
      {
        layout: {
          blocks: [
            { type: 'letterhead', title: 'a' },
            { type: 'letterhead', title: 'b' },
          ],
        },
      },
      '/layout/blocks',
      'input.invalid',
      /one letterhead/,
    ],
    ['a picture that there is not', { logoId: 'dim_01JD8ZQ4T5M6N7P8Q9R0S1T2V3' }, '/logoId', 'document-image.not-found', /No such/],
  ])('%s', async (_, fields, pointer, code, message) => {
    const { call } = await office()

    const refused = await call('/v1/document-templates', { body: { name: '坏模板', kind: 'quote', ...fields } })

    expect([404, 422]).toContain(refused.status)
    expect(refused.body.code).toBe(code)
    expect(refused.body.errors[0].pointer).toBe(pointer)
    expect(refused.body.errors[0].message).toMatch(message)
    expect((await call('/v1/document-templates')).body.data).toEqual([])
  })
})

test('a preview shows an invented document, also with changes that are not saved, in each format', async () => {
  const { call } = await office()
  await call('/v1/tenant', {
    method: 'PATCH',
    body: { letterhead: { name: '海港绳缆有限公司', bankAccounts: [{ bank: '中国银行', account: '6217 0001' }] } },
  })
  const { headers } = await call('/v1/document-templates', { body: { name: '标准', kind: 'quote' } })
  const preview = (body: object) => call(`${headers.location}/preview`, { body })

  const [pdf, sheet, page] = [
    await preview({}),
    await preview({ format: 'xlsx' }),
    await preview({ format: 'html', changes: { accent: '#0f766e' } }),
  ]
  const refused = await preview({ changes: { message: '{{ nobody }}' } })

  expect(pdf.headers).toMatchObject({
    'content-type': 'application/pdf',
    'content-disposition': expect.stringMatching(/^attachment; filename="_*QT202611-0042\.pdf"/),
  })
  expect(Buffer.from(pdf.body, 'base64').subarray(0, 5).toString()).toBe('%PDF-')
  expect(Buffer.from(sheet.body, 'base64').subarray(0, 2).toString()).toBe('PK')
  expect(page.body).toContain('海港绳缆有限公司')
  expect(page.body).toContain('#0f766e')
  expect(refused).toMatchObject({ status: 422, body: { code: 'template.unknown-name' } })
})

test('a seal and a logo stand on documents, and a document goes without those that were deleted', async () => {
  const { call } = await office()
  const image = (kind: string, bytes: Buffer) =>
    call('/v1/document-images', { body: { name: kind, kind, contentType: 'image/png', data: bytes.toString('base64') } })
  const [logo, seal] = [await image('logo', png(320, 90)), await image('seal', png(300, 300))]
  await call('/v1/tenant', { method: 'PATCH', body: { letterhead: { logoId: logo.body.id, sealId: seal.body.id } } })
  const { headers } = await call('/v1/document-templates', { body: { name: '标准', kind: 'quote' } })
  const shown = async () =>
    (await call(`${headers.location}/preview`, { body: { format: 'html' } })).body.match(/<img class="(logo|seal)"/g)

  const before = await shown()
  const pdf = await call(`${headers.location}/preview`, { body: {} })

  expect(seal).toMatchObject({ status: 201, body: { width: 300, height: 300, kind: 'seal' } })
  expect((await call(seal.headers.location!)).body.url).toMatch(/^https:/)
  expect(before).toHaveLength(2)
  expect(Buffer.from(pdf.body, 'base64').toString('latin1')).toContain('/Subtype /Image')
})

describe('a picture that no document can print is refused', () => {
  const half = png(20, 20).subarray(0, 60)
  const interlaced = png(20, 20)
  interlaced[28] = 1
  test.each([
    ['text', Buffer.from('this is no picture at all, is it?')],
    ['half of a PNG', half],
    ['an interlaced PNG', interlaced],
    [
      'a PNG that says it is larger than it is',
      Buffer.concat([png(20, 20).subarray(0, 16), Buffer.from([0, 0, 2, 0]), png(20, 20).subarray(20)]),
    ],
    ['a PNG of millions of pixels', png(2_001, 1)],
  ])('%s', async (_, bytes) => {
    const { call } = await office()

    const refused = await call('/v1/document-images', {
      body: { name: 'x', kind: 'logo', contentType: 'image/png', data: bytes.toString('base64') },
    })

    expect(refused).toMatchObject({ status: 422, body: { code: 'document-image.unreadable', errors: [{ pointer: '/data' }] } })
  })
})
