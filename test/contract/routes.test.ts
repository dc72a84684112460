import { beforeAll, describe, expect, test } from 'vitest'
import { remember } from '../../domain/kernel/remember.ts'
import type { AnyRoute, Route } from '../../functions/http/route.ts'
import { allRoutes, routesByContext } from '../../functions/http/routes.ts'
import { httpContexts } from '../../functions/manifest.ts'
import { type Call, callAs, nameOf, operations } from '../support/api.ts'
import { document, expectDocumented } from '../support/documented.ts'
import { bodyFor, createFixture, nounOf, pathFor, pathToNothing, queryFor } from '../support/fixtures.ts'
import { newTenant, type TestTenant } from '../support/tenant.ts'

const named = operations.map((route) => [nameOf(route), route] as const)
const withBody = named.filter(([, route]) => route.body)
const keyed = named.filter(([, route]) => !route.readOnly && ['POST', 'PATCH'].includes(route.method))

let firm: TestTenant
/** Of the administrator; one, so that fixtures share what they are of. */
let call: Call

/** On one record of its noun, for tests in which nothing is changed. */
const recordToRead = remember(100, async (noun: string) => (await createFixture(call, noun)).id)
const pathToRead = async (route: Route) =>
  route.path.includes('{') ? route.path.replace(/\{[^}]+\}/g, await recordToRead(nounOf(route))) : route.path

beforeAll(async () => {
  firm = await newTenant()
  call = callAs(firm.id, firm.admin)
})

test.each(named.filter(([, route]) => Object.values(route.list?.filters ?? {}).some((served) => served.includes('isNull'))))(
  '%s takes every value of isNull that its document offers',
  async (_, route) => {
    const parameters = document.paths[route.path]?.get?.parameters as { name?: string; schema: { enum: string[] } }[]
    const asked = parameters.flatMap(({ name, schema }) =>
      name?.endsWith('[isNull]') ? schema.enum.map((value) => `${name}=${value}`) : [],
    )
    // Whose pool it is only matters of what nobody owns.
    const pools = asked.map((query) => (query.includes('poolId') ? `${query}&filter[ownerId][isNull]=true` : query))

    const answers = await Promise.all(pools.map((query) => callAs(firm.id, firm.admin)(`${route.path}?${query}`)))

    expect(answers.map(({ status }) => status)).toEqual(Array(answers.length).fill(200))
  },
)

test('no two routes match the same request', () => {
  const isParam = (segment: string) => segment.startsWith('{')
  const matchesBoth = (a: AnyRoute, b: AnyRoute) => {
    const [left, right] = [a.path.split('/'), b.path.split('/')]
    if (a.method !== b.method || left.length !== right.length) return false
    return left.every((segment, i) => isParam(segment) || isParam(right[i]!) || segment === right[i])
  }

  const pairs = allRoutes.flatMap((a, i) =>
    allRoutes.slice(i + 1).flatMap((b) => (matchesBoth(a, b) ? [`${a.method} ${a.path} and ${b.path}`] : [])),
  )

  expect(pairs).toEqual([])
})

test('the manifest sends every noun and page to the context that serves it, and no other', () => {
  const served = Object.fromEntries(
    Object.entries(routesByContext).map(([context, routes]) => {
      const all = [...new Set(routes.map((route) => route.path))]
      const own = new Set(httpContexts.find(({ name }) => name === context)?.paths)
      const isOwn = (path: string) => own.has(path) || !path.startsWith('/v1/')
      const nouns = new Set(all.filter((path) => !isOwn(path)).map((path) => path.split('/')[2]!))
      return [context, { nouns: [...nouns].sort(), paths: all.filter(isOwn).sort() }]
    }),
  )

  const declared = Object.fromEntries(
    httpContexts.map(({ name, nouns, paths }) => [name, { nouns: [...nouns].sort(), paths: [...paths].sort() }]),
  )

  expect(served).toEqual(declared)
})

/** A body that the operation takes and that says something else than its example. */
async function anotherBody(call: Call, route: Route) {
  const body = (await bodyFor(call, route)) ?? {}
  if (Array.isArray(body.items)) return { ...body, items: [...body.items, ...body.items] }
  if (Array.isArray(body.columns)) return { ...body, columns: body.columns.slice(1) }
  return route.path === '/v1/tenant' ? { ...body, name: 'Another firm' } : body
}

describe('every operation', () => {
  test.each(named)('%s answers its example as documented', async (_, route) => {
    const path = `${await (route.method === 'GET' ? pathToRead(route) : pathFor(call, route))}${await queryFor(call, route)}`

    const answer = await call(path, { method: route.method, body: await bodyFor(call, route) })

    expect(answer.status, JSON.stringify(answer.body)).toBe(route.status)
    expectDocumented(route, answer)
  })

  test.each(withBody)('%s refuses a body that is not JSON, not an object, or has a property it does not know', async (_, route) => {
    const path = pathToNothing(route)
    const body = route.example?.body as object
    const send = (rawBody: string) => call(path, { method: route.method, rawBody })

    const answers = {
      malformed: await send('{"name": '),
      list: await send('[]'),
      unknown: await send(JSON.stringify({ ...body, colour: 'red' })),
      polluting: await send('{"__proto__": {"admin": true}}'),
    }

    expect(answers.malformed).toMatchObject({ status: 400, body: { code: 'body.malformed' } })
    expect(answers.list).toMatchObject({ status: 422, body: { code: 'input.invalid' } })
    expect(answers.unknown).toMatchObject({ status: 422, body: { code: 'input.invalid' } })
    expect(answers.unknown.body.errors).toContainEqual(expect.objectContaining({ pointer: '/colour', code: 'unknown-property' }))
    expect(answers.polluting.status).toBe(422)
    for (const answer of Object.values(answers)) expectDocumented(route, answer)
  })

  test.each(named)('%s refuses a parameter it does not know', async (_, route) => {
    const answer = await callAs(firm.id, firm.admin)(`${pathToNothing(route)}?colour=red`, {
      method: route.method,
      body: route.example?.body,
    })

    expect(answer).toMatchObject({ status: route.body ? expect.any(Number) : 400 })
    if (answer.status === 400) expect(answer.body.code).toBe('query.unknown')
    expectDocumented(route, answer)
  })

  test.each(keyed)('%s, repeated with its key, gets the first answer again, and with another request 422', async (_, route) => {
    const path = await pathFor(call, route)
    const rawBody = route.body ? JSON.stringify(await bodyFor(call, route)) : undefined
    const headers = { 'idempotency-key': nameOf(route).replaceAll(' ', '-') }
    const send = (body: string | undefined, to = path) =>
      call(to, { method: route.method, headers, ...(body === undefined ? {} : { rawBody: body }) })

    const first = await send(rawBody)
    const again = await send(rawBody)
    const other = route.path.includes('{')
      ? await send(rawBody, await pathFor(call, route))
      : await send(JSON.stringify(await anotherBody(callAs(firm.id, firm.admin), route)))

    const shown = 'secret' in first.body ? { ...first.body, secret: null } : first.body
    expect(first.status).toBe(route.status)
    expect(again).toMatchObject({ status: first.status, body: shown, headers: { 'idempotent-replayed': 'true' } })
    expect([again.headers.location, again.headers.etag]).toEqual([first.headers.location, first.headers.etag])
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency.key-reused' } })
    expectDocumented(route, again)
    expectDocumented(route, other)
  })
})
