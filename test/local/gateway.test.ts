import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type GatewayOptions, handleRequest, matchesTemplate } from '../../local/gateway.ts'
import { serve } from '../../local/http.ts'
import { localFunction } from '../../local/lambda.ts'

interface AuthorizedEvent extends APIGatewayProxyEventV2 {
  requestContext: APIGatewayProxyEventV2['requestContext'] & { authorizer?: { lambda: object } }
}

describe('the gateway', () => {
  let url: string
  let stop: () => Promise<void>
  let seen: AuthorizedEvent[]
  let authorizerSaw: { type?: string; version?: string; identitySource?: string[] }[]
  let answer: unknown
  let authorized: unknown

  beforeEach(async () => {
    seen = []
    authorizerSaw = []
    answer = { statusCode: 200, body: 'ok' }
    authorized = { isAuthorized: true, context: { recognised: 'someone' } }
    const context = (name: string) =>
      localFunction(
        name,
        (event) => {
          seen.push({ ...(event as AuthorizedEvent), version: name })
          if (answer instanceof Error) throw answer
          return answer
        },
        10,
      )
    const authorizer = localFunction(
      'authorizer',
      (event) => {
        authorizerSaw.push(event as object)
        return authorized
      },
      10,
    )
    const options: GatewayOptions = {
      contexts: [
        { name: 'parties', entry: '', nouns: ['customers'], paths: [], table: 'write' },
        { name: 'platform', entry: '', nouns: [], paths: ['/docs/{proxy+}', '/openapi.json'], table: 'none' },
        { name: 'reminders', entry: '', nouns: [], paths: ['/r/{token}', '/v1/customers/{id}/credit'], table: 'write' },
      ],
      fallback: 'platform',
      functions: new Map(['parties', 'platform', 'reminders'].map((name) => [name, context(name)])),
      authorizer,
      written: () => {},
    }
    const server = await serve(0, (request, response) => handleRequest(options, request, response))
    url = server.url
    stop = server.stop
  })

  afterEach(async () => {
    vi.restoreAllMocks()
    await stop()
  })

  test('makes the event of payload format 2.0', async () => {
    await fetch(`${url}/v1/customers/cus_1?a=1&a=2&b=%20`, {
      method: 'POST',
      body: '{"name":"长江"}',
      headers: { 'Content-Type': 'application/json', Cookie: 'x=1; y=2', 'X-Twice': 'a', Authorization: 'Bearer t' },
    })

    expect(seen[0]).toMatchObject({
      routeKey: 'ANY /v1/customers/{proxy+}',
      rawPath: '/v1/customers/cus_1',
      rawQueryString: 'a=1&a=2&b=%20',
      queryStringParameters: { a: '1,2', b: ' ' },
      cookies: ['x=1', 'y=2'],
      headers: { 'content-type': 'application/json', 'x-twice': 'a', authorization: 'Bearer t' },
      body: '{"name":"长江"}',
      isBase64Encoded: false,
      requestContext: {
        http: { method: 'POST', path: '/v1/customers/cus_1', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1' },
        stage: '$default',
        authorizer: { lambda: { recognised: 'someone' } },
      },
    })
    expect(seen[0]!.headers).not.toHaveProperty('cookie')
    expect(seen[0]!.requestContext.requestId).toMatch(/^[0-9a-f-]{36}$/)
  })

  test('hands forms, bytes and text that is not UTF-8 on as base64', async () => {
    await fetch(`${url}/r/abc`, { method: 'POST', body: new URLSearchParams({ days: '3' }) })
    await fetch(`${url}/v1/customers`, { method: 'POST', body: Buffer.from([0xff, 0xfe]), headers: { 'Content-Type': 'application/json' } })

    expect(seen[0]).toMatchObject({ routeKey: 'ANY /r/{token}', body: Buffer.from('days=3').toString('base64'), isBase64Encoded: true })
    expect(seen[1]).toMatchObject({ body: Buffer.from([0xff, 0xfe]).toString('base64'), isBase64Encoded: true })
  })

  test('asks the authorizer first, in its own format', async () => {
    await fetch(`${url}/v1/customers`, { headers: { authorization: 'Bearer t' } })

    expect(authorizerSaw[0]).toMatchObject({ version: '2.0', type: 'REQUEST', identitySource: ['Bearer t'], routeKey: 'ANY /v1/customers' })
    expect(authorizerSaw[0]).not.toHaveProperty('body')
  })

  test('stops where the authorizer does not let pass', async () => {
    authorized = { isAuthorized: false }

    const response = await fetch(`${url}/v1/customers`)

    expect(response.status).toBe(403)
    expect(seen).toEqual([])
  })

  test('sends each path to the function of its context and the unknown to the fallback', async () => {
    for (const path of ['/v1/customers', '/v1/customers/a/b', '/v1/customersx', '/r/abc', '/r/abc/d', '/docs/page', '/nothing', '/'])
      await fetch(url + path)

    expect(seen.map((event) => event.version)).toEqual([
      'parties',
      'parties',
      'platform',
      'reminders',
      'platform',
      'platform',
      'platform',
      'platform',
    ])
  })

  test('gives status, headers, cookies and bytes of the answer back', async () => {
    const body = Buffer.from([1, 2, 255]).toString('base64')
    answer = {
      statusCode: 201,
      headers: { location: '/v1/customers/1', etag: '"1"' },
      cookies: ['a=1', 'b=2'],
      body,
      isBase64Encoded: true,
    }

    const response = await fetch(`${url}/v1/customers`)

    expect(response.status).toBe(201)
    expect(response.headers.get('location')).toBe('/v1/customers/1')
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2'])
    expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([1, 2, 255])
  })

  test('answers 500 without a word about a function that failed', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    answer = new Error('secret')

    const response = await fetch(`${url}/v1/customers`)

    expect(response.status).toBe(500)
    expect(await response.text()).toBe('{"message":"Internal Server Error"}')
  })

  test('cuts off a body that API Gateway would not take', async () => {
    const response = await fetch(`${url}/v1/customers`, { method: 'POST', body: Buffer.alloc(10 * 1024 * 1024 + 1) })

    expect(response.status).toBe(413)
    expect(seen).toEqual([])
  })

  test('sends a path that is spelt out to its own context, though the noun is that of another', async () => {
    const event = async (path: string) => {
      await fetch(`${url}${path}`)
      return (seen.at(-1) as { routeKey: string }).routeKey
    }

    expect(await event('/v1/customers/cus_1/credit')).toBe('ANY /v1/customers/{id}/credit')
    expect(await event('/v1/customers/cus_1/credit/more')).toBe('ANY /v1/customers/{proxy+}')
  })

  test('reads path templates as API Gateway does', () => {
    expect(matchesTemplate('/openapi.json', '/openapi.json')).toBe(true)
    expect(matchesTemplate('/openapi.json', '/openapixjson')).toBe(false)
    expect(matchesTemplate('/docs/{proxy+}', '/docs/a/b')).toBe(true)
    expect(matchesTemplate('/docs/{proxy+}', '/docs/')).toBe(false)
    expect(matchesTemplate('/r/{token}', '/r/')).toBe(false)
  })
})
