import { createServer, type Server } from 'node:http'
import { Socket } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Route } from '../../../functions/http/route.ts'
import { type Call, callAs, nameOf, operations } from '../../support/api.ts'
import { casesOf } from '../../support/cases.ts'
import { bodySchemaOf, document } from '../../support/documented.ts'
import { bodyFor, once, pathFor } from '../../support/fixtures.ts'
import { type Place, placesOf } from '../../support/places.ts'
import { seed, some } from '../../support/share.ts'
import { newTenant } from '../../support/tenant.ts'

/** Addresses in every text of every body: whatever they name, nothing of ours goes there. */
const cases = casesOf('attacks')

const addresses = (port: number): string[] => [
  ...['127.0.0.1', 'localhost', '[::1]', '0.0.0.0', '127.1', '2130706433', '0x7f000001', '017700000001', '[::ffff:127.0.0.1]'].map(
    (host) => `http://${host}:${port}/x`,
  ),
  ...[
    'http://169.254.169.254/latest/meta-data/iam/security-credentials/',
    'http://[fd00:ec2::254]/latest/meta-data/',
    'http://metadata.google.internal/',
  ],
  ...[
    'http://169.254.170.2/v2/credentials',
    `http://user:pass@127.0.0.1:${port}/`,
    `http://127.0.0.1:${port}#@harbour.example/`,
    `//127.0.0.1:${port}/x`,
  ],
  ...[
    'file:///etc/passwd',
    'gopher://127.0.0.1:6379/_FLUSHALL',
    'ftp://127.0.0.1/x',
    'dict://127.0.0.1:11211/stats',
    'data:text/html,<script>',
    'jar:http://x!/',
  ],
]
const markup = (address: string) => [
  `<mjml><mj-head><mj-include path="${address}"/></mj-head><mj-body><mj-include path="${address}"/><mj-section><mj-column><mj-image src="${address}"/><mj-text><img src="${address}"></mj-text></mj-column></mj-section></mj-body></mjml>`,
  `<mjml><mj-body><mj-include path="/etc/passwd" type="html"/><mj-raw><link rel="stylesheet" href="${address}"></mj-raw></mj-body></mjml>`,
  `<img src="${address}"><link href="${address}"><!ENTITY x SYSTEM "${address}">`,
]

const texts = operations
  .filter((route) => route.body)
  .flatMap((route) =>
    placesOf(
      document,
      bodySchemaOf(route),
      (schema, name) => schema.format === 'uri' || /url|website|link|mjml|html|image|href|source|text/i.test(name),
    ).map((place) => [`${nameOf(route)} ${place.pointer}`, route, place] as const),
  )

let call: Call
let samePath: (route: Route) => Promise<string>
let sameBody: (route: Route) => Promise<Record<string, unknown>>
let listener: Server
let payloads: string[]
const asked: string[] = []
const realConnect = Socket.prototype.connect

beforeAll(async () => {
  const firm = await newTenant()
  call = callAs(firm.id, firm.admin)
  samePath = once((route) => pathFor(call, route))
  sameBody = once(async (route) => (await bodyFor(call, route)) ?? {})
  listener = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    response.end('reached')
  })
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  const some = addresses((listener.address() as { port: number }).port)
  payloads = [...some, ...some.flatMap(markup)]
  const table = new URL(process.env.AWS_ENDPOINT_URL_DYNAMODB!)
  // Every connection but those to the table is one that a caller asked for.
  Socket.prototype.connect = function (this: Socket, ...given: unknown[]) {
    const [{ host, port, path } = {} as { host?: string; port?: number; path?: string }] = given.flat() as {
      host?: string
      port?: number
      path?: string
    }[]
    if (String(port) !== table.port) asked.push(`${host ?? path}:${port}`)
    return realConnect.apply(this, given as never)
  } as typeof realConnect
})

afterAll(() => {
  Socket.prototype.connect = realConnect
  listener.close()
})

async function tried(name: string, route: Route, place: Place, payload: string): Promise<void> {
  asked.length = 0
  const answer = await call(await samePath(route), { method: route.method, body: place.put(await sameBody(route), payload) })
  await cases.check('SSRF', `${name} ${payload.slice(0, 80)}`, () => {
    expect(asked).toEqual([])
    expect(answer.status, JSON.stringify(answer.body).slice(0, 300)).toBeLessThan(500)
    expect(JSON.stringify(answer.body)).not.toMatch(/root:x?:0|reached/)
  })
}

test.each(some(texts, 4))(`%s leads nowhere, seed ${seed}`, async (name, route, place) => {
  const isMarkup = /mjml|html/i.test(place.pointer)
  for (const payload of some(isMarkup ? payloads : payloads.slice(0, 22), 3)) await tried(name, route, place, payload)
})

test('a connection that a caller asked for would be seen', async () => {
  asked.length = 0

  await fetch(`http://127.0.0.1:${(listener.address() as { port: number }).port}/canary`)

  expect(asked).toContain('GET /canary')
  expect(asked.length).toBeGreaterThan(1)
})
