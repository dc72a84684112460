import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Context } from '../../../domain/kernel/context.ts'
import { erasePerson } from '../../../domain/platform/person/erase-person.ts'
import { exportPerson } from '../../../domain/platform/person/export-person.ts'
import { eraserOf } from '../../../domain/platform/person/person.ts'
import { personKind } from '../../../functions/people.ts'
import { env } from '../../../functions/runtime.ts'
import { tenantParts } from '../../../functions/tenant-parts.ts'
import { callAs } from '../../support/api.ts'
import { memoryFiles } from '../../support/files.ts'
import { ago, day } from '../../support/parties.ts'
import { newTenant, type TestTenant } from '../../support/tenant.ts'
import { itemsWith } from '../../support/whole-table.ts'

const nobody = { ids: [], names: [], accounts: [], phones: [], firms: [] }

describe('a text loses a person', () => {
  const person = {
    ...nobody,
    names: ['张三丰', 'Jo Li', '李四'],
    accounts: ['jo@firm.example'],
    phones: ['+86 138 1790 2211'],
    firms: ['张三丰五金店'],
  }

  test.each([
    ['给张三丰打电话', '给[erased]打电话'],
    ['张三丰五金店的张三丰', '张三丰五金店的[erased]'],
    ['mail JO@firm.example now', 'mail [erased] now'],
    ['13817902211, 138-1790-2211 or 0086 138 1790 2211', '[erased], [erased] or [erased]'],
    ['Jo Li and Jo Liang', '[erased] and Jo Liang'],
    ['8613817902211 but not 213817902211', '[erased] but not 213817902211'],
  ])('%s', (text, left) => {
    expect(eraserOf(person, false)(text)).toBe(left)
  })

  test('a short name only where its firm is', () => {
    expect(eraserOf(person, true)('李四来了')).toBe('[erased]来了')
    expect(eraserOf(person, false)('李四来了')).toBe('李四来了')
  })
})

describe('one person in everything that a tenant has', () => {
  const planted = {
    name: 'Zephyrine Quagmire',
    title: 'Plant-Whisperer',
    email: 'zephyrine@planted.example',
    wechat: 'zq-wechat-77',
    qq: '987654321',
    phones: ['+86 139 8765 4301'],
    notes: 'Likes planted-orchids',
  }
  const said = {
    summary: 'Spoke of her planted-divorce',
    outcome: 'planted-outcome',
    location: { lat: 31.2, lng: 121.4, text: 'planted-cafe' },
  }
  const mention = `Ask ${planted.name} (${planted.email}, 139-8765-4301, ${planted.wechat})`
  const traces = ['Quagmire', 'quagmire', 'Plant-Whisperer', 'zephyrine@', 'zq-wechat', '987654321', '4301', 'planted-']
  let tenant: TestTenant
  let ctx: Context
  let contactId: string
  let order: { id: string; total: unknown }
  let fileId: string
  const files = memoryFiles()

  /** Calls the API with a key each time, so that the answer is kept. */
  const call = async (path: string, body?: object, method = body ? 'POST' : 'GET') => {
    const headers: Record<string, string> = method === 'GET' ? {} : { 'idempotency-key': randomUUID() }
    const answer = await callAs(tenant.id, tenant.admin)(path, { method, headers, ...(body ? { body } : {}) })
    if (answer.status >= 400) throw new Error(`${method} ${path}: ${JSON.stringify(answer.body)}`)
    return answer.body
  }
  const left = async () => (await itemsWith(env('TABLE_NAME'), ...traces)).filter(({ pk }) => pk.S.includes(tenant.id))

  beforeAll(async () => {
    tenant = await newTenant()
    ctx = await tenant.as(tenant.admin, { files })
    const { name, title, email, wechat, phones } = planted
    const lead = await call('/v1/leads', {
      name,
      title,
      email,
      wechat,
      phone: phones[0],
      company: 'Harbour Orchids',
      message: 'planted-message',
      notes: mention,
    })
    const { converted } = await call(`/v1/leads/${lead.id}/convert`, {})
    contactId = converted.contactId
    const { customerId } = converted
    await call(`/v1/contacts/${contactId}`, { ...planted, birthday: '1980-02-29', externalId: 'planted-external', primary: true }, 'PATCH')
    await call(
      `/v1/customers/${customerId}`,
      { addresses: [{ kind: 'delivery', contact: name, phone: phones[0], line: '1 Harbour Road' }] },
      'PATCH',
    )
    await call('/v1/activities', { customerId, kind: 'call', at: ago(5), contactId, ...said, nextContactOn: day(3) })
    await call('/v1/activities', { customerId, kind: 'note', at: ago(9), summary: mention })
    await call('/v1/follow-ups', { customerId, dueOn: day(2), subject: mention })
    await call('/v1/suppressions', { email, reason: 'manual', note: 'planted-note', contactId })
    const file = await call('/v1/files', {
      name: 'planted-card.pdf',
      contentType: 'application/pdf',
      size: 9,
      on: { type: 'contact', id: contactId },
    })
    fileId = file.id
    await files.write(`${tenant.id}/${fileId}`, '', [Buffer.from('planted-1')] as never)
    await files.write(`imports/${tenant.id}/imp_1/source`, '', [Buffer.from(mention)] as never)
    const lines = [{ description: `Orchid for ${name}`, quantity: 2, unitPrice: '50' }]
    order = await call('/v1/orders', {
      customerId,
      lines,
      notes: mention,
      deliverTo: { contact: name, phone: phones[0], line: '1 Harbour Road' },
    })
    await call(`/v1/orders/${order.id}/confirm`, {})
    await call('/v1/quotes', { customerId, contactId, lines, notes: mention })
  })

  test('is exported in one answer', async () => {
    const { ids, held } = await exportPerson(ctx, tenantParts, personKind(contactId), contactId)

    const text = JSON.stringify(held)
    expect(ids).toHaveLength(2)
    for (const trace of traces.filter((one) => !['quagmire', '4301'].includes(one))) expect(text).toContain(trace)
    expect(new Set(held.map(({ kind }) => kind))).toEqual(
      new Set('activity contact customer due file follow-up lead order-detail quote quote-detail suppression'.split(' ')),
    )
    expect(held.find(({ kind }) => kind === 'order-detail')!.fields.lines).toMatchObject([
      { description: expect.stringContaining('Orchid') },
    ])
  })

  test('is erased without a trace, and orders keep the firm', async () => {
    expect((await left()).length).toBeGreaterThan(20)

    await erasePerson(ctx, tenantParts, personKind(contactId), contactId)

    expect((await left()).map(({ pk, sk }) => `${pk.S} ${sk.S}`)).toEqual([])
    expect([...files.contents.keys()]).toEqual([])
    const after = await call(`/v1/orders/${order.id}`)
    expect(after).toMatchObject({ total: order.total, status: 'confirmed', lines: [{ description: 'Orchid for [erased]' }] })
    expect((await call(`/v1/customers/${after.customerId}`)).name).toBe('Harbour Orchids')
    expect((await call(`/v1/customers/${after.customerId}/summary`)).contacts ?? []).toEqual([])
    await expect(call(`/v1/contacts/${contactId}`)).rejects.toThrow('contact.not-found')
    await expect(call(`/v1/files/${fileId}`)).rejects.toThrow('file.not-found')
  })

  test('a user is erased once it has left', async () => {
    const leaver = await tenant.user('rep', { name: 'Quincy Planted-Leaver' })
    await expect(erasePerson(ctx, tenantParts, personKind(leaver.id), leaver.id)).rejects.toMatchObject({ code: 'user.active' })
    await call(`/v1/users/${leaver.id}`, { active: false }, 'PATCH')

    await erasePerson(ctx, tenantParts, personKind(leaver.id), leaver.id)

    expect(await itemsWith(env('TABLE_NAME'), 'Planted-Leaver', leaver.email)).toEqual([])
    expect(await call(`/v1/users/${leaver.id}`)).toMatchObject({ name: '[erased]', active: false })
  })
})
