import type { User } from '../../domain/identity/user/user.ts'
import type { HttpEvent, HttpResult } from '../../functions/http/api.ts'

interface Answer {
  status: number
  headers: Record<string, string>
  // biome-ignore lint/suspicious/noExplicitAny: tests read what the API answers
  body: any
}

interface Request {
  method?: string
  body?: unknown
  rawBody?: string
  headers?: Record<string, string>
}

/** The event API Gateway would send for this request; `user` undefined = nobody signed in. */
export function httpEvent(tenantId: string, user: User | undefined, target: string, request: Request = {}): HttpEvent {
  const [rawPath, rawQueryString = ''] = target.split('?', 2) as [string, string?]
  const recognised = user
    ? { outcome: 'ok', caller: { tenantId, kind: 'user', id: user.id, userId: user.id, roles: user.roles, scopes: null } }
    : { outcome: 'missing' }
  const body = request.rawBody ?? (request.body === undefined ? undefined : JSON.stringify(request.body))
  const method = request.method ?? (body === undefined ? 'GET' : 'POST')
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString,
    headers: { 'content-type': 'application/json', ...request.headers },
    requestContext: {
      http: { method, path: rawPath, sourceIp: '127.0.0.1' },
      authorizer: { lambda: { recognised: JSON.stringify(recognised) } },
    },
    body,
    isBase64Encoded: false,
  } as unknown as HttpEvent
}

/** Calls an HTTP handler as the user and answers status, headers and the parsed body. */
export function caller(handler: unknown, tenantId: string, user: User | undefined) {
  return async (target: string, request: Request = {}): Promise<Answer> => {
    const run = handler as (event: HttpEvent, context: object) => Promise<HttpResult>
    const result = await run(httpEvent(tenantId, user, target, request), {})
    const text = result.body ?? ''
    const isJson = String(result.headers?.['content-type'] ?? '').includes('json')
    return { status: result.statusCode ?? 0, headers: result.headers as Record<string, string>, body: isJson ? JSON.parse(text) : text }
  }
}
