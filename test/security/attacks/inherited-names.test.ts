import { beforeAll, describe, expect, test } from 'vitest'
import type { Route } from '../../../functions/http/route.ts'
import { type Call, callAs, nameOf, operations } from '../../support/api.ts'
import { canary, lookupsOf } from '../../support/canary.ts'
import { casesOf } from '../../support/cases.ts'
import { bodySchemaOf, document, expectDocumented } from '../../support/documented.ts'
import { bodyFor, once, pathFor } from '../../support/fixtures.ts'
import { placesOf } from '../../support/places.ts'
import { seed, some } from '../../support/share.ts'
import { newTenant } from '../../support/tenant.ts'

/** Names that every object has of itself, where callers may write names and texts: none is found, and none is changed. */
const cases = casesOf('attacks')
const kind = 'prototype pollution'
const names = ['__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty', '__defineGetter__', '__lookupSetter__']

const isOpenText = (schema: { pattern?: string; format?: string; enum?: unknown; const?: unknown }) =>
  !schema.format && !schema.enum && schema.const === undefined && (schema.pattern === undefined || new RegExp(schema.pattern).test(canary))
const texts = operations
  .filter((route) => route.body)
  .flatMap((route) =>
    placesOf(document, bodySchemaOf(route), isOpenText).map((place) => [`${nameOf(route)} ${place.pointer}`, route, place] as const),
  )
const withBody = operations.filter((route) => route.body).map((route) => [nameOf(route), route] as const)
const lists = operations.filter((route) => route.list).map((route) => [nameOf(route), route] as const)

let call: Call
let samePath: (route: Route) => Promise<string>
let sameBody: (route: Route) => Promise<Record<string, unknown>>

beforeAll(async () => {
  const firm = await newTenant()
  call = callAs(firm.id, firm.admin)
  samePath = once((route) => pathFor(call, route))
  sameBody = once(async (route) => (await bodyFor(call, route)) ?? {})
})

/** What every object inherits, to see that it stays as it is. */
const inherited = () => Object.getOwnPropertyNames(Object.prototype).sort().join()

describe(`texts of bodies, seed ${seed}`, () => {
  test.each(some(texts, 8))('%s is looked up in no plain object', async (name, route, place) => {
    const [path, body] = [await samePath(route), await sameBody(route)]
    const before = inherited()
    const word = names[(seed + name.length) % names.length]!

    const places = await lookupsOf(() => call(path, { method: route.method, body: place.put(body, canary) }))
    const answer = await call(path, { method: route.method, rawBody: JSON.stringify(place.put(body, word)) })

    await cases.check(kind, name, () => {
      expect(places).toEqual([])
      expect(answer.status, `${word}: ${JSON.stringify(answer.body)}`).toBeLessThan(500)
      expect(JSON.stringify(answer.body)).not.toContain('[native code]')
      expect(inherited()).toBe(before)
    })
  })
})

describe('names of properties', () => {
  test.each(some(withBody, 3))('%s takes none that is inherited', async (name, route) => {
    const [path, body] = [await samePath(route), await sameBody(route)]
    for (const word of names) {
      const rawBody = `{${JSON.stringify(word)}:{"prototype":{"admin":true}},${JSON.stringify(body).slice(1)}`.replace(',}', '}')
      const answer = await call(path, { method: route.method, rawBody })

      await cases.check(kind, `${name} ${word}`, () => {
        expect(answer.status, JSON.stringify(answer.body)).toBe(422)
        expect(({} as { admin?: boolean }).admin).toBeUndefined()
        expectDocumented(route, answer)
      })
    }
  })

  test.each(some(lists, 2))('%s filters and sorts by none that is inherited', async (name, route) => {
    const path = await samePath(route)
    for (const word of names)
      for (const query of [`filter[${word}]=x`, `filter[id][${word}]=x`, `sort=${word}`, `sort=-${word}`, `${word}=x`]) {
        const answer = await call(`${path}?${query}`)

        await cases.check(kind, `${name}?${query}`, () => {
          expect(answer.status, JSON.stringify(answer.body)).toBe(400)
          expect(answer.body.code).toMatch(/^(filter|sort|query)\./)
        })
      }
  })
})
