import { beforeAll, describe, expect, test } from 'vitest'
import { type Call, callAs } from '../../support/api.ts'
import { expectRefused, withoutWriting } from '../../support/nothing-written.ts'
import { newTenant } from '../../support/tenant.ts'

let call: Call

beforeAll(async () => {
  const firm = await newTenant()
  call = callAs(firm.id, firm.admin)
})

describe('paths', () => {
  test.each<[string, string, number, string]>([
    ['nothing there', '/v1/unicorns', 404, 'route.not-found'],
    ['a slash at the end', '/v1/customers/', 404, 'route.not-found'],
    ['another version', '/v2/customers', 404, 'route.not-found'],
    ['upwards', '/v1/customers/../users', 404, 'route.not-found'],
    ['broken percent-encoding', '/v1/customers/%zz', 400, 'path.malformed'],
    ['percent-encoding that is no UTF-8', '/v1/customers/%ff%fe', 400, 'path.malformed'],
    ['a key inside an id', '/v1/customers/cus_01JD8ZQ4T5M6N7P8Q9R0S1T2V3%23EVT', 404, 'customer.not-found'],
    ['a slash inside an id', '/v1/customers/a%2Fb', 404, 'customer.not-found'],
    ['a control character', '/v1/customers/%00', 404, 'customer.not-found'],
    ['a prototype', '/v1/customers/__proto__', 404, 'customer.not-found'],
    ['an id of another kind', '/v1/customers/usr_01JD8ZQ4T5M6N7P8Q9R0S1T2V3', 404, 'customer.not-found'],
    ['an id in small letters', '/v1/customers/cus_01jd8zq4t5m6n7p8q9r0s1t2v3', 404, 'customer.not-found'],
    ['a very long id', `/v1/customers/${'x'.repeat(6000)}`, 404, 'customer.not-found'],
  ])('%s', async (_, path, status, code) => {
    await expectRefused(() => call(path), status, code)
  })

  test('a method that is not served names those that are', async () => {
    const answer = await withoutWriting(() => call('/v1/customers', { method: 'DELETE' }))

    expect(answer).toMatchObject({ status: 405, body: { code: 'method.not-allowed' } })
    expect(answer.headers.allow!.split(', ').sort()).toEqual(['GET', 'POST'])
  })
})
