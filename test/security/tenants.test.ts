import { beforeAll, describe, expect, test } from 'vitest'
import type { Route } from '../../functions/http/route.ts'
import { type Call, callAs, nameOf, operations } from '../support/api.ts'
import { casesOf } from '../support/cases.ts'
import { document, expectDocumented } from '../support/documented.ts'
import { bodyFor, createFixture, nounOf, once, pathFor, pathToNothing, prefixOfNoun } from '../support/fixtures.ts'
import { isLarge, some } from '../support/share.ts'
import { deletedOf, leaksIn, randomId, recordsOf, watched } from '../support/strangers.ts'
import { newTenant } from '../support/tenant.ts'

/** Ids of others in paths, queries and cursors: what is another tenant's is as if it were not there. */
const cases = casesOf('authorization matrix')

// An upsert creates what does not exist.
const withId = operations.filter((route) => route.path.includes('{') && !route.upserts).map((route) => [nameOf(route), route] as const)
const lists = operations.filter((route) => route.list).map((route) => [nameOf(route), route] as const)

/** What a parameter of queries holds ids of, by the end of its name. */
const prefixesOf: Record<string, string[]> = {
  ownerId: ['usr'],
  authorId: ['usr'],
  actorId: ['usr'],
  userId: ['usr'],
  customerId: ['cus'],
  poolId: ['pol'],
  productId: ['pro'],
  orderId: ['ord'],
  campaignId: ['cmp'],
  templateId: ['dtp'],
  'on.id': ['cus', 'fup'],
  'subject.id': ['cus', 'usr'],
  ids: ['shp'],
}
const isList = (name: string) => name.endsWith('[isNull]')
const asked = operations.flatMap((route) => {
  const parameters = (document.paths[route.path]![route.method.toLowerCase()]!.parameters ?? []) as { name?: string; in?: string }[]
  return parameters.flatMap(({ name = '', in: place }) => {
    const field = /^(?:filter\[)?([A-Za-z.]+?)(?:\](?:\[\w+\])?)?$/.exec(name)?.[1] ?? ''
    const prefixes = place === 'query' && !isList(name) && Object.hasOwn(prefixesOf, field) ? prefixesOf[field]! : []
    return prefixes.map((prefix) => [`${nameOf(route)} ${name} ${prefix}_`, route, name, prefix] as const)
  })
})

let call: Call
let foreignCall: Call
let theirs: Set<string>
let foreignId: (prefix: string) => Promise<string>
let deletedId: (prefix: string) => Promise<string | undefined>
let samePath: (route: Route) => Promise<string>
let foreignPath: (route: Route) => Promise<string>
let sameBody: (route: Route) => Promise<Record<string, unknown> | undefined>

beforeAll(async () => {
  const [firm, foreign] = [await newTenant(), await newTenant()]
  const stranger = watched(callAs(foreign.id, foreign.admin))
  call = callAs(firm.id, firm.admin)
  foreignCall = stranger.call
  theirs = stranger.seen
  foreignId = recordsOf(stranger.call)
  deletedId = deletedOf(call)
  samePath = once((route) => pathFor(call, route))
  foreignPath = once((route) => pathFor(foreignCall, route))
  sameBody = once((route) => bodyFor(call, route))
})

test.each(withId)('%s answers 404 for an id that does not exist and for one of another tenant', async (name, route) => {
  const body = await sameBody(route)
  const deleted = isLarge ? await deletedId(prefixOfNoun[nounOf(route)]!) : undefined
  const paths = {
    'a random id in the path': pathToNothing(route),
    "another tenant's id in the path": await foreignPath(route),
    'no id at all in the path': route.path.replace(/\{[^}]+\}/g, 'nonsense'),
    ...(deleted ? { "a deleted record's id in the path": route.path.replace(/\{[^}]+\}/g, deleted) } : {}),
  }

  for (const [kind, path] of Object.entries(paths)) {
    const answer = await call(path, { method: route.method, body })

    await cases.check(kind, name, () => {
      expect(answer.status, JSON.stringify(answer.body)).toBe(404)
      expect(answer.body.code).toMatch(/\.not-found$/)
      expect(leaksIn(answer, theirs, path, body)).toEqual([])
      expectDocumented(route, answer)
    })
  }
  if (!deleted) cases.leaveOut("a deleted record's id in the path", `nothing deletes ${nounOf(route)}`)
})

describe('in a query', () => {
  test.each(some(asked, 8))('%s of another tenant finds as little as a random one', async (name, route, parameter, prefix) => {
    const path = await samePath(route)
    const ask = (id: string) => call(`${path}?${parameter}=${id}${parameter.includes('poolId') ? '&filter[ownerId][isNull]=true' : ''}`)

    const random = await ask(randomId(prefix))
    const id = await foreignId(prefix)
    const foreign = await ask(id)

    await cases.check("another tenant's id in a query", name, () => {
      expect([foreign.status, foreign.body.code]).toEqual([random.status, random.body.code])
      expect([200, 400, 404]).toContain(foreign.status)
      if (foreign.body.data) expect(foreign.body.data).toEqual([])
      expect(leaksIn(foreign, theirs, id)).toEqual([])
    })
  })

  test.each(some(lists, 4))('%s takes no cursor of another tenant', async (name, route) => {
    const path = await foreignPath(route)
    const [, , first = '', id, noun = first] = path.split('/')
    if (prefixOfNoun[noun]) for (let n = 0; n < 2; n++) await createFixture(foreignCall, noun, id ? { customerId: id } : {})
    const { body } = await foreignCall(`${path}?limit=1`)
    if (!body.page?.next) return cases.leaveOut("another tenant's cursor", 'the list has no second page in the tests')

    const answer = await call(`${await samePath(route)}?limit=1&cursor=${encodeURIComponent(body.page.next)}`)

    await cases.check("another tenant's cursor", name, () => {
      expect(answer).toMatchObject({ status: 400, body: { code: 'cursor.invalid' } })
      expect(leaksIn(answer, theirs)).toEqual([])
    })
  })
})
