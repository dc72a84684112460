import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type OwnServer, startServer } from '../support/server.ts'

interface Customer {
  id: string
  name: string
}

describe('the whole system on one machine', () => {
  let server: OwnServer

  beforeAll(async () => {
    server = await startServer()
  })

  afterAll(() => server.stop())

  const call = async (email: string, path: string, body?: object) => {
    const headers = { authorization: `Bearer ${await server.token(email)}`, 'content-type': 'application/json' }
    return fetch(server.url + path, body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers })
  }

  test('lets the people of the demo tenant in, and nobody without a token', async () => {
    const statuses = await Promise.all(
      ['admin', 'rep', 'viewer'].map(async (role) => (await call(`${role}@demo.example`, '/v1/tenant')).status),
    )
    const stranger = await fetch(`${server.url}/v1/tenant`)

    expect(statuses).toEqual([200, 200, 200])
    expect(stranger.status).toBe(401)
  })

  test('opens a tenant of one’s own', async () => {
    const { tenantId, adminToken } = await server.control<{ tenantId: string; adminToken: string }>('tenants', {
      name: 'Rheinhandel GmbH',
      timeZone: 'Europe/Berlin',
      currency: 'EUR',
    })

    const response = await fetch(`${server.url}/v1/tenant`, { headers: { authorization: `Bearer ${adminToken}` } })
    expect(await response.json()).toMatchObject({ id: tenantId, name: 'Rheinhandel GmbH', timeZone: 'Europe/Berlin', currency: 'EUR' })
  })

  test('keeps data, tokens and places over a restart', async () => {
    const token = await server.token('rep@demo.example')
    const created = (await (await call('rep@demo.example', '/v1/customers', { name: '长江贸易有限公司' })).json()) as Customer
    await server.control('settle')

    await server.restart()

    const response = await fetch(`${server.url}/v1/customers/${created.id}`, { headers: { authorization: `Bearer ${token}` } })
    expect(await response.json()).toMatchObject({ id: created.id, name: '长江贸易有限公司' })
    expect(await server.control('settle')).toEqual({ settled: true })
  })

  test('brings every event through to consumers without a dead letter', async () => {
    await call('rep@demo.example', '/v1/customers', { name: '黄河贸易有限公司' })
    await server.control('settle')

    const response = await fetch(`${server.url}/_local/dead-letters`)
    expect(await response.json()).toEqual({ data: [] })
  })

  test('recomputes the books of a tenant while it runs', () => {
    const { port } = new URL(server.url)
    const check = (...options: string[]) => {
      const env = { ...process.env, PORT: port, TABLE_NAME: '' }
      const { status, stdout } = spawnSync(process.execPath, ['local/check-books.ts', ...options], { env, encoding: 'utf8' })
      return [status, stdout.trim()]
    }

    expect(check()).toEqual([0, 'The books balance.'])
    expect(check('--tenant', 'nobody')).toEqual([1, 'No such tenant, or it is not yours to see.'])
  })

  test('says in one sentence that the port is taken', () => {
    const start = join(import.meta.dirname, '../../local/start.ts')

    const second = spawnSync(process.execPath, [start], { env: { ...process.env, PORT: new URL(server.url).port }, encoding: 'utf8' })

    expect(second.status).toBe(1)
    expect(second.stderr.trim()).toMatch(/^Port \d+ is taken; [^\n]*$/)
  })
})
