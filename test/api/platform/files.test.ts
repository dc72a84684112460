import { beforeAll, describe, expect, test } from 'vitest'
import { completeFile } from '../../../domain/platform/file/add-file.ts'
import { deleteFile, getFile, removeBytesOf } from '../../../domain/platform/file/read-files.ts'
import { files } from '../../../functions/clients/files.ts'
import { httpHandler } from '../../../functions/http/api.ts'
import { allRoutes } from '../../../functions/http/routes.ts'
import { bareContext } from '../../../functions/runtime.ts'
import { callAs } from '../../support/api.ts'
import { caller } from '../../support/call.ts'
import { memoryFiles } from '../../support/files.ts'
import { createFixture } from '../../support/fixtures.ts'
import { sharedS3 } from '../../support/s3.ts'
import { newTenant } from '../../support/tenant.ts'

/** As the consumer of file.deleted does it. */
const removeBytes = (tenantId: string, fileId: string) => removeBytesOf(bareContext(tenantId, undefined, undefined, { files }), fileId)

const MiB = 1024 * 1024
const card = (customerId: string, more = {}) => ({
  name: '名片 (1).png',
  contentType: 'image/png',
  size: 11,
  on: { type: 'customer', id: customerId },
  ...more,
})

describe('with a real file store', () => {
  beforeAll(sharedS3)

  const handler = httpHandler(allRoutes, { files })

  test('a file goes up whole by its address, is completed, comes down as an attachment, and is deleted', async () => {
    const { id, admin } = await newTenant()
    const call = caller(handler, id, admin)
    const customer = await createFixture(call, 'customers')
    const created = await call('/v1/files', { body: card(customer.id) })
    const { upload } = created.body

    const early = await call(`${created.headers.location}/complete`, { method: 'POST' })
    const put = await fetch(upload.url, { method: upload.method, headers: upload.headers, body: 'hello world' })
    const completed = await call(`${created.headers.location}/complete`, { method: 'POST' })
    const read = await call(created.headers.location!)
    const got = await fetch(read.body.url)
    const removed = await call(created.headers.location!, { method: 'DELETE' })

    expect(created).toMatchObject({
      status: 201,
      body: { status: 'pending', customerId: customer.id, url: null, upload: { partSize: null, parts: [] } },
    })
    expect(early).toMatchObject({ status: 409, body: { code: 'file.not-uploaded', retryable: true } })
    expect(put.status).toBe(200)
    expect(completed).toMatchObject({ status: 200, body: { status: 'complete', version: 2 } })
    expect(await got.text()).toBe('hello world')
    // The store of one machine does not honour it; S3 answers with this header.
    expect(new URL(read.body.url).searchParams.get('response-content-disposition')).toBe(
      "attachment; filename*=UTF-8''%E5%90%8D%E7%89%87%20%281%29.png",
    )
    expect(removed.status).toBe(204)
    await removeBytes(id, created.body.id)
    expect((await fetch(read.body.url)).status).toBe(404)
    expect((await call(created.headers.location!)).status).toBe(404)
  })

  test('a large file goes up in parts, in any order, and wrong ETags are refused', async () => {
    const { id, admin } = await newTenant()
    const call = caller(handler, id, admin)
    const customer = await createFixture(call, 'customers')
    const created = await call('/v1/files', { body: card(customer.id, { size: 8 * MiB + 3 }) })
    const { parts, partSize } = created.body.upload
    const bytes = Buffer.alloc(8 * MiB + 3, 'x')
    const etags: string[] = []
    for (const part of [...parts].reverse()) {
      const start = (part.number - 1) * partSize
      const put = await fetch(part.url, { method: 'PUT', body: bytes.subarray(start, start + partSize) })
      etags[part.number - 1] = put.headers.get('etag')!
    }
    const complete = (body: object) => call(`${created.headers.location}/complete`, { body })

    const missing = await complete({})
    const wrong = await complete({ etags: ['"nonsense"', '"more"'] })
    const completed = await complete({ etags })
    const again = await complete({ etags })

    expect(created.body.upload).toMatchObject({ url: null, partSize: 8 * MiB, parts: [{ number: 1 }, { number: 2 }] })
    expect(missing).toMatchObject({ status: 422, body: { code: 'file.parts-wrong', errors: [{ pointer: '/etags' }] } })
    expect(wrong).toMatchObject({ status: 422, body: { code: 'file.parts-wrong' } })
    expect(completed).toMatchObject({ status: 200, body: { status: 'complete' } })
    expect(again.body).toEqual(completed.body)
  })

  test('another size or kind than was announced does not get in', async () => {
    const { id, admin } = await newTenant()
    const call = caller(handler, id, admin)
    const customer = await createFixture(call, 'customers')
    const created = await call('/v1/files', { body: card(customer.id) })
    const { upload } = created.body

    await fetch(upload.url, { method: 'PUT', headers: upload.headers, body: 'hello world, and more' })
    const completed = await call(`${created.headers.location}/complete`, { method: 'POST' })

    expect(completed).toMatchObject({ status: 409, body: { code: 'file.not-uploaded' } })
  })
})

test('addresses name the tenant and the file, and nothing a person wrote', async () => {
  const { id, admin } = await newTenant()
  const call = callAs(id, admin)
  const customer = await createFixture(call, 'customers')

  const { body } = await call('/v1/files', { body: card(customer.id, { name: 'secret-offer.png' }) })

  expect(body.upload.url).toBe(`https://files.example/${id}/${body.id}`)
})

test('parts are few, however large the file is', async () => {
  const { id, admin } = await newTenant()
  const call = callAs(id, admin)
  const customer = await createFixture(call, 'customers')
  const partsFor = async (size: number) => (await call('/v1/files', { body: card(customer.id, { size }) })).body.upload

  const largest = await partsFor(5 * 1024 * MiB)

  expect(largest.parts.length).toBeLessThanOrEqual(64)
  expect(largest.parts.length * largest.partSize).toBeGreaterThanOrEqual(5 * 1024 * MiB)
  expect((await partsFor(8 * MiB)).parts).toEqual([])
  expect((await call('/v1/files', { body: card(customer.id, { size: 5 * 1024 * MiB + 1 }) })).status).toBe(422)
})

test('files of anything of a customer stand with it: listed by record and by customer, page by page', async () => {
  const { id, admin } = await newTenant()
  const call = callAs(id, admin)
  const contact = (await createFixture(call, 'contacts')) as { id: string; version: number; customerId?: string }
  const customerId = contact.customerId!
  const add = async (on: object, name: string) => (await call('/v1/files', { body: { ...card(customerId), on, name } })).body.id
  const ids = [
    await add({ type: 'customer', id: customerId }, 'a.png'),
    await add({ type: 'contact', id: contact.id }, 'b.png'),
    await add({ type: 'contact', id: contact.id }, 'c.png'),
  ]
  const list = async (query: string) => (await call(`/v1/files?${query}`)).body

  const first = await list(`filter[customerId]=${customerId}&limit=2`)
  const second = await list(`filter[customerId]=${customerId}&limit=2&cursor=${first.page.next}`)
  const ofContact = await list(`filter[on.id]=${contact.id}&sort=createdAt`)
  const ofBoth = await list(`filter[on.id]=${contact.id}&filter[customerId]=cus_01JD8ZQ4T5M6N7P8Q9R0S1T2V3`)
  const names = ({ data }: { data: { id: string }[] }) => data.map((file) => file.id)

  expect([...names(first), ...names(second)]).toEqual([...ids].reverse())
  expect(names(ofContact)).toEqual(ids.slice(1))
  expect(ofBoth.data).toEqual([])
  expect(await call('/v1/files')).toMatchObject({ status: 400, body: { code: 'filter.required' } })
})

test('quotes, orders, shipments and what stands in the books have files, for those who may read them', async () => {
  const { id, admin, user } = await newTenant()
  const [marketer, rep] = [await user('marketer'), await user('rep')]
  const call = callAs(id, admin)
  const kinds = { quote: 'quotes', order: 'orders', shipment: 'shipments', receivable: 'receivables', receipt: 'receipts' }
  const books = { 'credit-note': 'credit-notes', 'write-off': 'write-offs' }
  const add = (who: typeof admin, type: string, on: string) => callAs(id, who)('/v1/files', { body: card('', { on: { type, id: on } }) })
  for (const [type, noun] of Object.entries({ ...kinds, ...books })) {
    const record = (await createFixture(call, noun)) as { id: string; customerId?: string }

    const added = await add(admin, type, record.id)
    const listed = async (who: typeof admin, filter: string) => (await callAs(id, who)(`/v1/files?filter[${filter}`)).body.data.length

    expect([added.status, added.body.customerId], type).toEqual([201, record.customerId])
    expect(await listed(admin, `on.id]=${record.id}`)).toBe(1)
    expect(await listed(marketer, `on.id]=${record.id}`)).toBe(0)
    expect((await callAs(id, marketer)(`/v1/files/${added.body.id}`)).status).toBe(404)
    expect((await add(rep, type, record.id)).body).toMatchObject({ status: 404, code: `${type}.not-found` })
    expect((await add(admin, type, record.id.slice(0, -1) + (record.id.endsWith('0') ? '1' : '0'))).status).toBe(404)
  }
})

test('a file is seen and changed exactly as its customer is', async () => {
  const { id, admin, user } = await newTenant()
  const [owner, member, stranger] = [await user('rep'), await user('rep'), await user('rep')]
  const customer = (await callAs(id, owner)('/v1/customers', { body: { name: 'x', teamMembers: [{ userId: member.id, access: 'read' }] } }))
    .body
  const file = (await callAs(id, owner)('/v1/files', { body: card(customer.id) })).body
  const tries = async (who: typeof admin) => {
    const call = callAs(id, who)
    const statuses = [
      (await call(`/v1/files/${file.id}`)).status,
      (await call(`/v1/files?filter[customerId]=${customer.id}`)).body.data.length,
      (await call('/v1/files', { body: card(customer.id) })).status,
    ]
    return [...statuses, (await call(`/v1/files/${file.id}/complete`, { method: 'POST' })).status]
  }

  expect(await tries(stranger)).toEqual([404, 0, 404, 404])
  expect(await tries(member)).toEqual([200, 1, 403, 403])
  expect(await tries(owner)).toEqual([200, 1, 201, 200])
})

test.each([
  ['a page', { contentType: 'text/html' }, '/contentType'],
  ['a drawing with scripts', { contentType: 'image/svg+xml' }, '/contentType'],
  ['a script', { contentType: 'application/javascript' }, '/contentType'],
  ['parameters', { contentType: 'text/plain; charset=utf-8' }, '/contentType'],
  ['nothing', { size: 0 }, '/size'],
  ['less than nothing', { size: -1 }, '/size'],
  ['half bytes', { size: 1.5 }, '/size'],
  ['a path', { name: '../../etc/passwd' }, '/name'],
  ['a second header', { name: 'a.png\r\nContent-Type: text/html' }, '/name'],
  ['a kind that does not fit the id', { on: { type: 'contact', id: 'cus_01JD8ZQ4T5M6N7P8Q9R0S1T2V3' } }, '/on/id'],
])('%s is refused', async (_, more, pointer) => {
  const { id, admin } = await newTenant()

  const answer = await callAs(id, admin)('/v1/files', { body: card('cus_01JD8ZQ4T5M6N7P8Q9R0S1T2V3', more) })

  expect(answer).toMatchObject({ status: 422, body: { code: 'input.invalid' } })
  expect(answer.body.errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer)
})

describe('the bytes of a file that is deleted', () => {
  test('go by the consumer of the event, which can be run again', async () => {
    const { id, admin, as } = await newTenant()
    const store = memoryFiles()
    const call = caller(httpHandler(allRoutes, { files: store }), id, admin)
    const customer = await createFixture(call, 'customers')
    const file = (await call('/v1/files', { body: card(customer.id) })).body
    const ctx = await as(admin, { files: store })

    await removeBytesOf(ctx, file.id)
    const early = [...store.removed]
    const removed = await call(`/v1/files/${file.id}`, { method: 'DELETE' })
    await removeBytesOf(ctx, file.id)
    await removeBytesOf(ctx, file.id)

    expect([early, removed.status]).toEqual([[], 204])
    expect(store.removed).toEqual(Array(2).fill(`${id}/${file.id}`))
  })

  test('stay when the deletion was overtaken by a change of the file', async () => {
    const { id, admin, as } = await newTenant()
    const store = memoryFiles()
    const call = caller(httpHandler(allRoutes, { files: store }), id, admin)
    const customer = await createFixture(call, 'customers')
    const file = (await call('/v1/files', { body: card(customer.id) })).body
    const ctx = await as(admin, { files: store })
    let completed = false
    const send = async (command: unknown) => {
      if (!completed && (command as object).constructor.name === 'TransactWriteCommand') {
        completed = true
        await completeFile(ctx, { id: file.id })
      }
      return ctx.db.send(command)
    }

    const overtaken = deleteFile({ ...ctx, db: { ...ctx.db, send } }, { id: file.id, ifMatch: '"1"' })

    await expect(overtaken).rejects.toMatchObject({ code: 'write.conflict' })
    await expect(deleteFile(ctx, { id: file.id, ifMatch: '"1"' })).rejects.toMatchObject({ code: 'version.mismatch' })
    expect(await getFile(ctx, { id: file.id })).toMatchObject({ status: 'complete', version: 2 })
    expect(store.removed).toEqual([])
  })
})
