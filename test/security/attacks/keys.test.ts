import { beforeAll, describe, expect, test } from 'vitest'
import { type Answer, type Call, callAs } from '../../support/api.ts'
import { casesOf } from '../../support/cases.ts'
import { createFixture, nounOfPrefix } from '../../support/fixtures.ts'
import { seed, some } from '../../support/share.ts'
import { leaksIn, watched } from '../../support/strangers.ts'
import { newTenant } from '../../support/tenant.ts'

/** Texts that near a key of the table: each reaches what it names letter by letter, or nothing. */
const cases = casesOf('attacks')
const kind = 'key injection'
const controls = Array.from({ length: 32 }, (_, code) => `a${String.fromCharCode(code)}b`)
const payloads = [
  ...controls,
  ...['#', '##', 'a#b', 'T#', 'T#other', 'T#other#CUS', 'T%23other', '%23', '%2523', 'SYS#', 'SYS#KEY', 'UNQ#customer', 'DUE#2026-01-01'],
  ...['\u007f', '\u0085', '\u2028', '\u202e', '\ufeff', '\ufffe', '\uffff', '\ud800', 'a\udc00', '\u{10ffff}', '\u200b', '＃', '﹟'],
  ...[
    '~',
    '..',
    '../..',
    '/',
    '//',
    '\\',
    '*',
    '?',
    ' ',
    '""',
    "'",
    '$ne',
    '{"$gt":""}',
    "' OR '1'='1",
    '"; DROP TABLE x',
    '$' + '{7*7}',
    '%00',
  ],
  ...[
    'begins_with(pk, :x)',
    ':x',
    '#pk',
    'attribute_not_exists(pk)',
    'null',
    'undefined',
    'NaN',
    '-1',
    '1e309',
    'x'.repeat(255),
    'x'.repeat(5000),
  ],
]
const named = payloads.map((payload) => [JSON.stringify(payload).slice(0, 40), payload] as const)

let call: Call
let theirs: Set<string>
let mine: string

beforeAll(async () => {
  const [firm, foreign] = [await newTenant(), await newTenant()]
  const stranger = watched(callAs(foreign.id, foreign.admin))
  call = callAs(firm.id, firm.admin)
  theirs = stranger.seen
  for (const noun of ['customers', 'contacts', 'products', 'quotes']) await createFixture(stranger.call, noun)
  mine = (await createFixture(call, 'customers')).id
})

const told = (answer: Answer) => `${answer.status} ${JSON.stringify(answer.body).slice(0, 300)}`
const encoded = (payload: string) => encodeURIComponent(payload.toWellFormed())

/** What holds wherever such a text is sent. */
function expectHarmless(answer: Answer): void {
  expect(answer.status, told(answer)).toBeLessThan(500)
  expect(leaksIn(answer, theirs)).toEqual([])
}

describe(`texts like keys, seed ${seed}`, () => {
  test.each(some(named, 8))('%s in the id of a path finds nothing', async (name, payload) => {
    for (const noun of Object.values(nounOfPrefix)) {
      const answer = await call(`/v1/${noun}/${encoded(payload) || '%20'}`)

      await cases.check(kind, `GET /v1/${noun}/${name}`, () => {
        expectHarmless(answer)
        expect([400, 404, 405], told(answer)).toContain(answer.status)
      })
    }
  })

  test.each(some(named, 8))('%s behind an id that there is finds nothing', async (name, payload) => {
    for (const path of [
      `/v1/customers/${mine}${encoded(payload)}`,
      `/v1/customers/${encoded(payload)}${mine}`,
      `/v1/customers/${mine}%23${encoded(payload)}`,
    ]) {
      const answer = await call(path)
      await cases.check(kind, `a path with ${name}`, () => {
        expectHarmless(answer)
        expect(answer.body.id).toBeUndefined()
      })
    }
  })

  test.each(some(named, 8))('%s in a filter finds what is called so, or nothing', async (name, payload) => {
    const filters = [
      'customers?filter[externalId]',
      'customers?filter[ownerId]',
      'contacts?filter[email]',
      'products?filter[sku]',
      'quotes?filter[number]',
    ]
    for (const filter of [
      ...filters,
      'products?filter[sku][prefix]',
      'products?filter[text][contains]',
      'events?filter[subject.id]',
      'users?filter[email]',
    ]) {
      const answer = await call(`/v1/${filter}=${encoded(payload)}`)

      await cases.check(kind, `${filter}=${name}`, () => {
        expectHarmless(answer)
        expect([200, 400], told(answer)).toContain(answer.status)
        if (answer.status === 200 && !filter.includes('text') && !filter.includes('prefix')) expect(answer.body.data).toEqual([])
      })
    }
  })

  test.each(some(named, 8))('%s as an external id is kept as it is, or refused', async (name, payload) => {
    const path = `/v1/products/by-external-id/${encoded(payload) || '%20'}`
    const body = { sku: `S-${named.findIndex(([other]) => other === name)}`, name: 'Rope', unit: 'm' }
    const answer = await call(path, { method: 'PUT', body })
    const again = await call(path, { method: 'PUT', body })
    const found = await call(`/v1/products?filter[externalId]=${encoded(payload)}`)

    await cases.check(kind, `PUT by-external-id ${name}`, () => {
      expectHarmless(answer)
      if (answer.status < 300) {
        expect(answer.body.externalId).toBe(payload.toWellFormed().trim())
        expect(again.body.id).toBe(answer.body.id)
      } else expect([400, 404, 422], told(answer)).toContain(answer.status)
      if (found.status === 200) expect(found.body.data.map(({ id }: { id: string }) => id)).toEqual(answer.body.id ? [answer.body.id] : [])
    })
  })

  test.each(some(named, 8))('%s as a key of idempotency is one of its own, or refused', async (name, payload) => {
    const headers = { 'idempotency-key': payload }
    const answer = await call('/v1/pools', {
      method: 'POST',
      body: { name: `Pool of ${named.findIndex(([other]) => other === name)}` },
      headers,
    })

    await cases.check(kind, `Idempotency-Key ${name}`, () => {
      expectHarmless(answer)
      expect([201, 400], told(answer)).toContain(answer.status)
      expect(answer.headers['idempotent-replayed']).toBeUndefined()
    })
  })
})
