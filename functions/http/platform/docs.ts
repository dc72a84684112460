import { lazily } from '../../runtime.ts'
import type { OpenApiDocument } from '../openapi.ts'
import { page } from '../route.ts'
import { contentPolicy, docsPage } from './docs/page.ts'

/** The published document; read on first use, since few requests want it. */
const published = lazily(async (): Promise<OpenApiDocument> => {
  const { default: document } = await import('../../../docs/openapi.json', { with: { type: 'json' } })
  return document as OpenApiDocument
})

const rendered = lazily(async () => docsPage(await published()))

const kept = { 'cache-control': 'public, max-age=300' }

export const docsRoutes = [
  page({
    method: 'GET',
    path: '/openapi.json',
    summary: 'The OpenAPI document',
    page: async () => ({
      status: 200,
      headers: { ...kept, 'content-type': 'application/json; charset=utf-8', 'access-control-allow-origin': '*' },
      body: JSON.stringify(await published()),
    }),
  }),
  page({
    method: 'GET',
    path: '/docs',
    summary: 'The documentation, to be read',
    page: async () => ({
      status: 200,
      headers: { ...kept, 'content-type': 'text/html; charset=utf-8', 'content-security-policy': contentPolicy },
      body: await rendered(),
    }),
  }),
]
