import type { StoredAnswer } from '../../domain/kernel/context.ts'
import type { HttpEvent } from './api.ts'
import { bodyBytes } from './request.ts'
import type { PageRoute } from './route.ts'

/** Answers a public page: its token is checked by the page itself, forms come as application/x-www-form-urlencoded. */
export async function answerPage(route: PageRoute, params: Record<string, string>, event: HttpEvent): Promise<StoredAnswer> {
  const body = bodyBytes(event.body, event.isBase64Encoded).toString('utf8')
  const form = route.method === 'POST' ? Object.fromEntries(new URLSearchParams(body)) : {}
  // Mail scanners and apps hang their own parameters on links: whatever is there, the page is shown.
  const query = Object.fromEntries(new URLSearchParams(event.rawQueryString))
  const headers = Object.fromEntries(Object.entries(event.headers).map(([name, value]) => [name, value ?? '']))
  return route.page({ params, query, form, body, headers, ip: event.requestContext.http.sourceIp })
}
