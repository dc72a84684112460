import { beforeAll, describe, expect, test } from 'vitest'
import { type Call, callAs } from '../../support/api.ts'
import { createFixture } from '../../support/fixtures.ts'
import { expectRefused } from '../../support/nothing-written.ts'
import { newTenant } from '../../support/tenant.ts'

let call: Call
let customer: { id: string }

beforeAll(async () => {
  const firm = await newTenant()
  call = callAs(firm.id, firm.admin)
  customer = await createFixture(call, 'customers')
})

describe('versions and keys', () => {
  test.each(['"0"', '"2"', '"-1"', 'W/"1"', '2', '""', '"1#"', '"9999999999999999999999"', '"abc", "3"'])(
    'If-Match %s is not the present version',
    async (tag) => {
      const request = (method: string, body?: object) => () =>
        call(`/v1/customers/${customer.id}`, { method, ...(body ? { body } : {}), headers: { 'if-match': tag } })

      await expectRefused(request('PATCH', { shortName: 'x' }), 412, 'version.mismatch')
      await expectRefused(request('DELETE'), 412, 'version.mismatch')
    },
  )

  test.each(['"1', 'abc', '1"', '"1", abc', '-1', ','])('If-Match %s is no ETag, and the refusal says what one looks like', async (tag) => {
    const request = (method: string, body?: object) => () =>
      call(`/v1/customers/${customer.id}`, { method, ...(body ? { body } : {}), headers: { 'if-match': tag } })

    await expectRefused(request('PATCH', { shortName: 'x' }), 400, 'if-match.malformed')
    await expectRefused(request('DELETE'), 400, 'if-match.malformed')
  })

  test.each(['"1"', '1', '*', '"7", "1"'])('If-Match %s is the present version', async (tag) => {
    const { id } = await createFixture(call, 'customers')

    const answer = await call(`/v1/customers/${id}`, { method: 'PATCH', body: { level: 'small' }, headers: { 'if-match': tag } })

    expect(answer.status).toBe(200)
  })

  test('the refusal shows what there is by now', async () => {
    const answer = await call(`/v1/customers/${customer.id}`, { method: 'PATCH', body: { shortName: 'x' }, headers: { 'if-match': '"7"' } })

    expect(answer.body.current).toEqual((await call(`/v1/customers/${customer.id}`)).body)
  })

  test.each([
    ['empty', ''],
    ['too long', 'k'.repeat(256)],
    ['with a space', 'a b'],
    ['with a line break', 'a\r\nb'],
    ['not ASCII', 'schlüssel'],
  ])('an Idempotency-Key that is %s', async (_, key) => {
    await expectRefused(
      () => call('/v1/customers', { body: { name: 'x' }, headers: { 'idempotency-key': key } }),
      400,
      'idempotency.key-invalid',
    )
  })

  test('an Idempotency-Key used with another body, path or method', async () => {
    const headers = { 'idempotency-key': 'taken#%23' }
    await call('/v1/customers', { body: { name: 'First' }, headers })

    await expectRefused(() => call('/v1/customers', { body: { name: 'Second' }, headers }), 422, 'idempotency.key-reused')
    await expectRefused(
      () => call('/v1/users', { body: { name: 'x', email: 'a@b.example', roles: ['rep'] }, headers }),
      422,
      'idempotency.key-reused',
    )
    await expectRefused(
      () => call(`/v1/customers/${customer.id}`, { method: 'PATCH', body: { name: 'First' }, headers }),
      422,
      'idempotency.key-reused',
    )
  })

  test('a refused request keeps no answer: with the fault mended the same key works', async () => {
    const headers = { 'idempotency-key': 'mended' }
    await expectRefused(() => call('/v1/customers', { body: { name: 7 }, headers }), 422, 'input.invalid')

    expect((await call('/v1/customers', { body: { name: 'Seven' }, headers })).status).toBe(201)
  })
})
