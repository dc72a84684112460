import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { callAs } from '../../support/api.ts'

const nobody = callAs('no-tenant', undefined)

test('the OpenAPI document is served to everybody, readable from other pages', async () => {
  const answer = await nobody('/openapi.json')

  expect(answer).toMatchObject({
    status: 200,
    body: { openapi: '3.1.0', info: { title: 'Guanxi' } },
    headers: { 'access-control-allow-origin': '*' },
  })
  expect(answer.headers['cache-control']).toContain('max-age')
})

test('the documentation shows every operation and loads nothing from anywhere', async () => {
  const { status, headers, body: page } = await nobody('/docs')
  const { body: document } = await nobody('/openapi.json')
  const ids = Object.values(document.paths as Record<string, Record<string, { operationId: string }>>).flatMap((item) =>
    Object.values(item).map((operation) => operation.operationId),
  )

  expect(status).toBe(200)
  expect(headers['content-type']).toBe('text/html; charset=utf-8')
  expect(ids.length).toBeGreaterThan(40)
  for (const id of ids) expect(page).toContain(`<article id="${id}">`)
  expect(page).not.toMatch(/(src|href)="(https?:)?\/\//)
  expect(headers['content-security-policy']).toContain("default-src 'none'")
})

test('its style and script are the ones that the policy allows', async () => {
  const { headers, body: page } = await nobody('/docs')
  const inline = [...(page as string).matchAll(/<(style|script)>([\s\S]*?)<\/\1>/g)].map(([, , text]) => text!)

  expect(inline).toHaveLength(2)
  for (const text of inline)
    expect(headers['content-security-policy']).toContain(`'sha256-${createHash('sha256').update(text).digest('base64')}'`)
})
