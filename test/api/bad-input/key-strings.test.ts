import { beforeAll, describe, expect, test } from 'vitest'
import { type Call, callAs } from '../../support/api.ts'
import { firmName } from '../../support/firm-names.ts'
import { expectRefused } from '../../support/nothing-written.ts'
import { newTenant } from '../../support/tenant.ts'

let call: Call

beforeAll(async () => {
  const firm = await newTenant()
  call = callAs(firm.id, firm.admin)
})

const raw = (rawBody: string) => () => call('/v1/customers', { method: 'POST', rawBody })

describe('strings that near a key', () => {
  const evil = [
    'a#b',
    '#',
    'T#other#CUS',
    '%23',
    'a%b',
    '/',
    '..',
    '~',
    '关系#甲',
    '😀',
    ' a b ',
    '\'"`$',
    '__proto__',
    '{{id}}',
    'x'.repeat(255),
  ]

  test.each(evil)('externalId %j is kept as it is, found, and guarded against a second', async (externalId) => {
    const created = await call('/v1/customers', { body: { name: firmName(), externalId } })
    const found = await call(`/v1/customers?filter[externalId]=${encodeURIComponent(externalId.trim())}`)
    const second = await call('/v1/customers', { body: { name: firmName(), externalId } })

    expect(created.status, JSON.stringify(created.body)).toBe(201)
    expect(found.body.data.map((one: { id: string }) => one.id)).toEqual([created.body.id])
    expect(second).toMatchObject({ status: 409, body: { code: 'customer.external-id-taken', errors: [{ pointer: '/externalId' }] } })
    await call(`/v1/customers/${created.body.id}`, { method: 'DELETE' })
  })

  test.each([
    '\u0000',
    'a\u0007',
    'a\nb',
    'a\u007f',
    'a\u009f',
    '\ufffe',
    '\uffff',
    '\ud800',
    'a\udc00b',
    'a\u202eb',
    'a\u2066b',
    'a\u2028b',
    'x'.repeat(256),
    '',
  ])('externalId %j is refused', async (externalId) => {
    const rawBody = JSON.stringify({ name: 'x', externalId })
    await expectRefused(raw(rawBody), 422, 'input.invalid', '/externalId')
  })

  test.each(['#', 'T#other#', 'a\u0000', '\uffff', '\ud83d', "' OR 1=1", 'usr_#', 'x'.repeat(3000)])(
    'a filter value %j finds nothing and reaches nothing',
    async (value) => {
      const encoded = encodeURIComponent(value.toWellFormed())

      for (const field of ['externalId', 'ownerId'])
        expect(await call(`/v1/customers?filter[${field}]=${encoded}`)).toMatchObject({ status: 200, body: { data: [] } })
      for (const field of ['on.id', 'customerId']) expect((await call(`/v1/files?filter[${field}]=${encoded}`)).body.data).toEqual([])
      for (const field of ['actorId', 'customerId']) expect((await call(`/v1/events?filter[${field}]=${encoded}`)).body.data).toEqual([])
    },
  )

  test('two keys that differ only in # are two', async () => {
    const create = (externalId: string) => call('/v1/customers', { body: { name: firmName(), externalId } })

    const answers = [await create('p#q'), await create('p%23q'), await create('p'), await create('q')]

    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201])
  })
})
