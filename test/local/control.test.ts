import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import * as z from 'zod'
import { control, handleControl } from '../../local/control/control.ts'
import { serve } from '../../local/http.ts'

describe('the control room', () => {
  let url: string
  let stop: () => Promise<void>

  beforeAll(async () => {
    const routes = [
      control({
        method: 'POST',
        path: '/_local/things/{name}',
        body: z.strictObject({ size: z.number() }),
        run: ({ params, body }) => ({ status: 201, body: { name: params[0], size: body.size } }),
      }),
      { method: 'GET' as const, path: '/_local/list', query: ['to'], run: ({ query }: { query: object }) => ({ body: query }) },
      {
        method: 'GET' as const,
        path: '/_local/broken',
        run: () => {
          throw new Error('secret')
        },
      },
    ]
    const server = await serve(0, (request, response) => handleControl(routes, request, response))
    url = server.url
    stop = server.stop
  })

  afterAll(() => stop())

  const post = (path: string, body: string) => fetch(url + path, { method: 'POST', body })

  /** fetch does not let a caller choose the Host header. */
  const statusWith = (headers: Record<string, string>) =>
    new Promise((resolve, reject) => {
      request(`${url}/_local/list`, { headers }, (response) => {
        response.resume()
        resolve(response.statusCode)
      })
        .on('error', reject)
        .end()
    })

  test('runs a control with its path, body and query', async () => {
    const created = await post('/_local/things/a%20b', '{"size":3}')
    const listed = await fetch(`${url}/_local/list?to=x`)

    expect([created.status, await created.json()]).toEqual([201, { name: 'a b', size: 3 }])
    expect(await listed.json()).toEqual({ to: 'x' })
    expect(await (await fetch(`${url}/_local/list?to=`)).json()).toEqual({})
  })

  test.each([
    ['a body that is not JSON', 'POST', '/_local/things/a', '{', 400, 'body.malformed'],
    ['a missing field', 'POST', '/_local/things/a', '', 422, 'input.invalid'],
    ['an unknown property', 'POST', '/_local/things/a', '{"size":1,"x":1}', 422, 'input.invalid'],
    ['a body over 1 MB', 'POST', '/_local/things/a', 'x'.repeat(1024 * 1024 + 1), 413, 'body.too-large'],
    ['an unknown query', 'GET', '/_local/list?tenat=x', undefined, 400, 'query.unknown'],
    ['another method', 'DELETE', '/_local/list', undefined, 405, 'method.not-allowed'],
    ['an unknown path', 'GET', '/_local/nothing', undefined, 404, 'control.not-found'],
    ['broken percent-encoding', 'POST', '/_local/things/%zz', '{}', 404, 'control.not-found'],
  ])('answers %s with a problem', async (_, method, path, body, status, code) => {
    const response = await fetch(url + path, { method, ...(body === undefined ? {} : { body }) })

    expect(response.headers.get('content-type')).toContain('application/problem+json')
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([status, code])
  })

  test('tells nobody what broke inside', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {})

    const response = await fetch(`${url}/_local/broken`)

    expect(response.status).toBe(500)
    expect(await response.text()).not.toContain('secret')
    vi.restoreAllMocks()
  })

  test('answers to this machine only, whatever name or page leads here', async () => {
    expect(await statusWith({ host: 'localhost:4000' })).toBe(200)
    expect(await statusWith({ host: '[::1]:4000', origin: 'http://127.0.0.1:4000' })).toBe(200)
    expect(await statusWith({ host: 'evil.example' })).toBe(403)
    expect(await statusWith({ host: '127.0.0.1.evil.example' })).toBe(403)
    expect(await statusWith({ host: '127.0.0.1:4000', origin: 'https://evil.example' })).toBe(403)
    expect(await statusWith({ host: '127.0.0.1:4000', origin: 'null' })).toBe(403)
  })
})
