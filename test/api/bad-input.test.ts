import { beforeAll, describe, expect, test } from 'vitest'
import type { User } from '../../domain/identity/user/user.ts'
import { newSecret } from '../../domain/kernel/signing.ts'
import { api, type Call, callAs, operations } from '../support/api.ts'
import { httpEvent } from '../support/call.ts'
import { firmName } from '../support/firm-names.ts'
import { createFixture, pathFor } from '../support/fixtures.ts'
import { expectRefused, withoutWriting } from '../support/nothing-written.ts'
import { newTenant, type TestTenant } from '../support/tenant.ts'

let firm: TestTenant
let admin: User
let call: Call
let customer: { id: string; version: number }

beforeAll(async () => {
  firm = await newTenant()
  admin = firm.admin
  call = callAs(firm.id, admin)
  customer = await createFixture(call, 'customers')
})

const send =
  (target: string, body: unknown, method = 'POST') =>
  () =>
    call(target, { method, body })
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
      ...httpEvent(firm.id, admin, '/v1/customers', { method: 'POST' }),
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

describe('queries', () => {
  test.each<[string, string, string]>([
    ['a negative limit', 'limit=-1', 'limit.invalid'],
    ['no limit', 'limit=0', 'limit.invalid'],
    ['a huge limit', 'limit=1000000000', 'limit.invalid'],
    ['half a limit', 'limit=1.5', 'limit.invalid'],
    ['a word for a limit', 'limit=all', 'limit.invalid'],
    ['an empty limit', 'limit=', 'limit.invalid'],
    ['a limit with an exponent', 'limit=1e1', 'limit.invalid'],
    ['a limit with decimals', 'limit=10.0', 'limit.invalid'],
    ['a limit with white space', 'limit=%205', 'limit.invalid'],
    ['a sort that is not served', 'sort=name', 'sort.unsupported'],
    ['two sorts', 'sort=-createdAt,name', 'sort.unsupported'],
    ['an empty sort', 'sort=', 'sort.unsupported'],
    ['a field that is not served', 'filter[name]=x', 'filter.unsupported'],
    ['an operator that is not served', 'filter[externalId][contains]=x', 'filter.unsupported'],
    ['an operator that there is not', 'filter[externalId][like]=x', 'filter.unsupported'],
    ['a prototype as field', 'filter[constructor]=x', 'filter.unsupported'],
    ['a prototype as operator', 'filter[externalId][constructor]=x', 'filter.unsupported'],
    ['a filter without a field', 'filter=x', 'filter.malformed'],
    ['a filter of three parts', 'filter[a][b][c]=x', 'filter.malformed'],
    ['a filter in another writing', 'filter.externalId=x', 'filter.malformed'],
    ['a moment that is none', 'filter[createdAt][gte]=yesterday', 'filter.invalid'],
    ['one end of two', 'filter[createdAt][between]=2026-11-01T00:00:00Z', 'filter.invalid'],
    ['a parameter twice', 'limit=1&limit=2', 'query.duplicate'],
    ['a filter twice', 'filter[externalId]=a&filter[externalId]=b', 'query.duplicate'],
    ['a parameter there is not', 'page=2', 'query.unknown'],
    ['a prototype as parameter', '__proto__=x', 'query.unknown'],
    ['broken percent-encoding', 'limit=%zz', 'query.malformed'],
    ['percent-encoding that is no UTF-8', 'sort=%ff', 'query.malformed'],
    ['a cursor that is none', 'cursor=abc', 'cursor.invalid'],
    ['an empty cursor', 'cursor=', 'cursor.invalid'],
    ['a cursor of our form', `cursor=${Buffer.from('"x"').toString('base64url')}.${newSecret()}`, 'cursor.invalid'],
    ['a switch with another value', 'debug=all', 'query.invalid'],
  ])('%s', async (_, query, code) => {
    await expectRefused(() => call(`/v1/customers?${query}`), 400, code)
  })

  test.each(operations.filter((route) => route.list).map((route) => [route.path, route] as const))(
    '%s names what it serves when it is asked for more',
    async (_, route) => {
      const path = await pathFor(call, route)

      const filtered = await call(`${path}?filter[colour]=red`)
      const sorted = await call(`${path}?sort=colour`)

      expect(filtered).toMatchObject({ status: 400, body: { code: 'filter.unsupported' } })
      expect(sorted).toMatchObject({ status: 400, body: { code: 'sort.unsupported' } })
      for (const sort of route.list!.sorts) expect(sorted.body.detail).toContain(sort)
      for (const field of Object.keys(route.list!.filters)) expect(filtered.body.detail).toContain(field)
    },
  )
})

describe('a cursor', () => {
  let cursor: string

  beforeAll(async () => {
    for (let i = 0; i < 3; i++) await createFixture(call, 'customers')
    cursor = (await call('/v1/customers?limit=1')).body.page.next
  })

  const refused = (query: string, path = '/v1/customers', by = call) =>
    expectRefused(() => by(`${path}?limit=1&${query}`), 400, 'cursor.invalid')

  test('with any byte changed, left out or added is refused', async () => {
    for (let i = 0; i < cursor.length; i++) {
      const other = cursor[i] === 'A' ? 'B' : 'A'
      const changed = `${cursor.slice(0, i)}${other}${cursor.slice(i + 1)}`
      await refused(`cursor=${changed}`)
    }
    await refused(`cursor=${cursor.slice(1)}`)
    await refused(`cursor=${cursor.slice(0, -1)}`)
    await refused(`cursor=${cursor}A`)
    await refused(`cursor=${cursor}.A`)
  })

  test('belongs to its list, filter, sort and tenant', async () => {
    const other = await newTenant()

    await refused(`cursor=${cursor}&sort=createdAt`)
    await refused(`cursor=${cursor}&filter[ownerId]=${admin.id}`)
    await refused(`cursor=${cursor}`, '/v1/users')
    await refused(`cursor=${cursor}`, '/v1/customers', callAs(other.id, other.admin))
  })

  test('as it was given goes on', async () => {
    expect((await call(`/v1/customers?limit=1&cursor=${cursor}`)).status).toBe(200)
  })
})

describe('references', () => {
  const nowhere = {
    usr: 'usr_01JD8ZQ4T5M6N7P8Q9R0S1T2V3',
    cus: 'cus_01JD8ZQ4T5M6N7P8Q9R0S1T2V3',
    con: 'con_01JD8ZQ4T5M6N7P8Q9R0S1T2V3',
    fup: 'fup_01JD8ZQ4T5M6N7P8Q9R0S1T2V3',
    act: 'act_01JD8ZQ4T5M6N7P8Q9R0S1T2V3',
  }
  const visit = { kind: 'visit', at: '2026-11-20T10:30:00Z', summary: 'x' }
  const file = { name: 'x.pdf', contentType: 'application/pdf', size: 10 }
  const places: [string, string, (ids: typeof nowhere) => object, string][] = [
    ['the owner of a customer', '/v1/customers', ({ usr }) => ({ name: 'x', ownerId: usr }), '/ownerId'],
    ['the parent of a customer', '/v1/customers', ({ cus }) => ({ name: 'x', parentCustomerId: cus }), '/parentCustomerId'],
    ['who recommended us', '/v1/customers', ({ cus }) => ({ name: 'x', referredById: cus }), '/referredById'],
    [
      'a team member',
      '/v1/customers',
      ({ usr }) => ({ name: 'x', teamMembers: [{ userId: usr, access: 'read' }] }),
      '/teamMembers/0/userId',
    ],
    ['the customer of a contact', '/v1/contacts', ({ cus }) => ({ customerId: cus, name: 'x' }), '/customerId'],
    ['the customer of an activity', '/v1/activities', ({ cus }) => ({ ...visit, customerId: cus }), '/customerId'],
    ['the customer of a follow-up', '/v1/follow-ups', ({ cus }) => ({ customerId: cus, dueOn: '2026-12-01', subject: 'x' }), '/customerId'],
    ['the customer of a file', '/v1/files', ({ cus }) => ({ ...file, on: { type: 'customer', id: cus } }), '/on/id'],
    ['the contact of a file', '/v1/files', ({ con }) => ({ ...file, on: { type: 'contact', id: con } }), '/on/id'],
    ['the activity of a file', '/v1/files', ({ act }) => ({ ...file, on: { type: 'activity', id: act } }), '/on/id'],
    ['the follow-up of a file', '/v1/files', ({ fup }) => ({ ...file, on: { type: 'follow-up', id: fup } }), '/on/id'],
    [
      'the manager of a user',
      '/v1/users',
      ({ usr }) => ({ name: 'x', email: 'x@y.example', roles: ['rep'], managerId: usr }),
      '/managerId',
    ],
  ]

  const nouns = { usr: 'user', cus: 'customer', con: 'contact', fup: 'follow-up', act: 'activity' }
  const missing = (body: (ids: typeof nowhere) => object) =>
    `${/(user|customer|contact|follow-up|activity)!/.exec(JSON.stringify(body(marked)))?.[1]}.not-found`
  const marked = Object.fromEntries(Object.entries(nouns).map(([prefix, noun]) => [prefix, `${noun}!`])) as typeof nowhere

  test.each(places)('%s that does not exist is 404 at its place', async (_, path, body, pointer) => {
    await expectRefused(send(path, body(nowhere)), 404, missing(body), pointer)
  })

  test.each(places)('%s of another tenant too', async (_, path, body, pointer) => {
    const other = await newTenant()
    const theirs = callAs(other.id, other.admin)
    const [cus, con, fup, act] = await Promise.all(
      ['customers', 'contacts', 'follow-ups', 'activities'].map((noun) => createFixture(theirs, noun)),
    )
    const ids = { usr: other.admin.id, cus: cus!.id, con: con!.id, fup: fup!.id, act: act!.id }

    await expectRefused(send(path, body(ids)), 404, missing(body), pointer)
  })

  test.each(places.filter(([, , body]) => JSON.stringify(body(nowhere)).includes('cus_')))(
    '%s that was deleted too',
    async (_, path, body, pointer) => {
      const gone = await createFixture(call, 'customers')
      await call(`/v1/customers/${gone.id}`, { method: 'DELETE' })

      await expectRefused(send(path, body({ ...nowhere, cus: gone.id })), 404, 'customer.not-found', pointer)
    },
  )

  test('a contact or follow-up of another customer does not pass for one of this', async () => {
    const [contact, followUp] = [await createFixture(call, 'contacts'), await createFixture(call, 'follow-ups')]

    for (const more of [{ contactId: contact.id }, { followUpId: followUp.id }]) {
      const answer = await withoutWriting(send('/v1/activities', { ...visit, customerId: customer.id, ...more }))

      expect([404, 422]).toContain(answer.status)
      expect(answer.body.errors[0].pointer).toBe(`/${Object.keys(more)[0]}`)
    }
  })
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
    const own = callAs(firm.id, admin)
    const created = await own('/v1/customers', { body: { name: firmName(), externalId } })
    const found = await own(`/v1/customers?filter[externalId]=${encodeURIComponent(externalId.trim())}`)
    const second = await own('/v1/customers', { body: { name: firmName(), externalId } })

    expect(created.status, JSON.stringify(created.body)).toBe(201)
    expect(found.body.data.map((one: { id: string }) => one.id)).toEqual([created.body.id])
    expect(second).toMatchObject({ status: 409, body: { code: 'customer.external-id-taken', errors: [{ pointer: '/externalId' }] } })
    await own(`/v1/customers/${created.body.id}`, { method: 'DELETE' })
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
