import { beforeAll, describe, expect, test } from 'vitest'
import { api, type Call, callAs } from '../../support/api.ts'
import { httpEvent } from '../../support/call.ts'
import { createFixture } from '../../support/fixtures.ts'
import { expectRefused } from '../../support/nothing-written.ts'
import { newTenant, type TestTenant } from '../../support/tenant.ts'

let firm: TestTenant
let call: Call
let customer: { id: string }

beforeAll(async () => {
  firm = await newTenant()
  call = callAs(firm.id, firm.admin)
  customer = await createFixture(call, 'customers')
})

const send = (target: string, body: unknown) => () => call(target, { method: 'POST', body })

const raw = (rawBody: string) => () => call('/v1/customers', { method: 'POST', rawBody })

describe('a value that does not fit its field is named at its place', () => {
  test.each<[string, object, string]>([
    ['an unknown property', { colour: 'red' }, '/colour'],
    ['an unknown property inside', { billing: { colour: 'red' } }, '/billing/colour'],
    ['an unknown property in a list', { addresses: [{ kind: 'office', colour: 'red' }] }, '/addresses/0/colour'],
    ['a missing field', { name: undefined }, '/name'],
    ['null where a value must be', { name: null }, '/name'],
    ['an empty text', { name: '   ' }, '/name'],
    ['a text that nobody can see', { name: '\u200b\u2060' }, '/name'],
    ['a text that is too long', { name: 'x'.repeat(201) }, '/name'],
    ['a number for a text', { name: 7 }, '/name'],
    ['a text for a list', { tags: 'fair' }, '/tags'],
    ['a list that is too long', { tags: Array.from({ length: 51 }, (_, i) => `tag ${i}`) }, '/tags'],
    ['a text for a truth value', { poor: 'yes' }, '/poor'],
    ['a word that is none of the words', { level: 'huge' }, '/level'],
    ['a day that there is not', { nextContactOn: '2026-02-29' }, '/nextContactOn'],
    ['a day in another form', { nextContactOn: '29.11.2026' }, '/nextContactOn'],
    ['a day far away', { nextContactOn: '9999-12-31' }, '/nextContactOn'],
    ['a moment for a day', { nextContactOn: '2026-11-27T00:00:00Z' }, '/nextContactOn'],
    ['a moment without offset', { marketing: { consent: { at: '2026-11-27T00:00:00', source: 'fair' } } }, '/marketing/consent/at'],
    ['money with too many decimals', { creditLimit: { amount: '1.005', currency: 'CNY' } }, '/creditLimit/amount'],
    ['money as a number', { creditLimit: { amount: 100, currency: 'CNY' } }, '/creditLimit/amount'],
    ['money below zero', { creditLimit: { amount: '-1.00', currency: 'CNY' } }, '/creditLimit/amount'],
    ['money in no currency', { creditLimit: { amount: '1.00', currency: 'XYZ' } }, '/creditLimit/currency'],
    ['an e-mail address that is none', { email: 'no address' }, '/email'],
    ['an e-mail address with a second line', { email: 'a@b.example\r\nBcc: c@d.example' }, '/email'],
    ['a web address with a script', { website: 'javascript:alert(1)' }, '/website'],
    ['a country that is no code', { addresses: [{ kind: 'office', country: 'China' }] }, '/addresses/0/country'],
    ['an id of another kind', { ownerId: 'cus_01JD8ZQ4T5M6N7P8Q9R0S1T2V3' }, '/ownerId'],
    ['an id that is too long', { ownerId: `usr_${'0'.repeat(5000)}` }, '/ownerId'],
    ['a field that only we set', { version: 7 }, '/version'],
    ['the id', { id: 'cus_01JD8ZQ4T5M6N7P8Q9R0S1T2V3' }, '/id'],
    ['the tenant', { tenantId: 'other' }, '/tenantId'],
    ['a field that follows from others', { lastContactAt: '2026-11-20T00:00:00Z' }, '/lastContactAt'],
    ['what only the store knows', { openFollowUps: [] }, '/openFollowUps'],
    ['a prototype', JSON.parse('{"constructor": {"prototype": {"admin": true}}}'), '/constructor'],
  ])('%s', async (_, fields, pointer) => {
    await expectRefused(send('/v1/customers', { name: 'Fine', ...fields }), 422, 'input.invalid', pointer)
  })

  test('all faults of a body are told at once', async () => {
    const answer = await call('/v1/customers', { body: { colour: 'red', level: 'huge', tags: 'fair' } })

    expect(answer.body.errors.map((error: { pointer: string }) => error.pointer).sort()).toEqual(['/colour', '/level', '/name', '/tags'])
  })
})

describe('a body that is no JSON object of a sane shape', () => {
  test.each<[string, string, number, string]>([
    ['nothing', '', 400, 'body.missing'],
    ['a broken text', '{"name": "x"', 400, 'body.malformed'],
    ['a trailing comma', '{"name": "x",}', 400, 'body.malformed'],
    ['single quotes', "{'name': 'x'}", 400, 'body.malformed'],
    ['no number', '{"name": NaN}', 400, 'body.malformed'],
    ['a form', 'name=x&level=small', 400, 'body.malformed'],
    ['XML', '<customer name="x"/>', 400, 'body.malformed'],
    ['null', 'null', 422, 'input.invalid'],
    ['a text', '"name"', 422, 'input.invalid'],
    ['a number', '42', 422, 'input.invalid'],
    ['a list', '[{"name": "x"}]', 422, 'input.invalid'],
    ['more than 1 MB', JSON.stringify({ name: 'x', notes: 'y'.repeat(1024 * 1024) }), 413, 'body.too-large'],
    ['1 MB in characters of three bytes', JSON.stringify({ name: 'x', notes: '关'.repeat(400_000) }), 413, 'body.too-large'],
    ['33 levels', `{"name":"x","notes":${'['.repeat(32)}${']'.repeat(32)}}`, 422, 'body.too-deep'],
    ['100,000 levels', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 422, 'body.too-deep'],
    ['a list of 1,001', JSON.stringify({ name: 'x', tags: Array(1001).fill('a') }), 422, 'body.array-too-long'],
    ['a prototype', '{"name": "x", "__proto__": {"level": "small"}}', 422, 'input.invalid'],
    ['a prototype inside', '{"name": "x", "billing": {"__proto__": {"title": "y"}}}', 422, 'input.invalid'],
  ])('%s', async (_, body, status, code) => {
    await expectRefused(raw(body), status, code)
  })

  test.each([
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0x22, 0x6e, 0xff, 0xfe, 0x22, 0x7d])],
    ['UTF-16', Buffer.from('{"name": "x"}', 'utf16le')],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
  ])('%s', async (_, bytes) => {
    const event = {
      ...httpEvent(firm.id, firm.admin, '/v1/customers', { method: 'POST' }),
      body: bytes.toString('base64'),
      isBase64Encoded: true,
    }

    const result = await (api as unknown as (event: object, context: object) => Promise<{ statusCode: number; body: string }>)(event, {})

    expect(result.statusCode).toBe(400)
    expect(JSON.parse(result.body).code).toBe('body.malformed')
  })

  test('a choice that is missing is told as missing, not as a wrong one', async () => {
    const terms = await call('/v1/customers', { body: { name: 'x', paymentTerms: { kind: 'days', days: 30 } } })
    const kind = await call('/v1/customers', { body: { name: 'x', paymentTerms: { days: 30 } } })
    const wrong = await call('/v1/customers', { body: { name: 'x', paymentTerms: { kind: 'never' } } })

    expect(terms.body.errors).toMatchObject([{ pointer: '/paymentTerms/from', code: 'required' }])
    expect(kind.body.errors).toMatchObject([{ pointer: '/paymentTerms/kind', code: 'required' }])
    expect(wrong.body.errors).toMatchObject([{ pointer: '/paymentTerms/kind', code: 'invalid-union' }])
  })

  test('a body that is not there is an empty object to a POST that needs nothing of it, and to no PATCH', async () => {
    const search = await call('/v1/customers/search', { method: 'POST', rawBody: '' })

    expect(search.status).toBe(200)
    expect(search.body.total).toBeGreaterThan(0)
    await expectRefused(() => call(`/v1/customers/${customer.id}`, { method: 'PATCH', rawBody: '' }), 400, 'body.missing')
  })

  test('a body where none belongs', async () => {
    await expectRefused(() => call(`/v1/customers/${customer.id}`, { method: 'DELETE', body: { sure: true } }), 422, 'body.unexpected')
  })
})
