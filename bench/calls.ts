import { gunzipSync } from 'node:zlib'
import type { User } from '../domain/identity/user/user.ts'
import { measure, type Spent } from '../domain/store/capacity.ts'
import type { HttpEvent, HttpResult } from '../functions/http/api.ts'
import { httpEvent } from '../test/support/call.ts'
import type { BenchTenant } from './fill.ts'

export interface Request {
  method?: string
  body?: unknown
  headers?: Record<string, string>
}

/** What one request cost. */
export interface Cost {
  spent: Spent
  /** Bytes of the body as it is sent to a client that takes gzip, and as it is read. */
  sent: number
  plain: number
  /** Bytes of the headers that the function sets. */
  headers: number
}

type Handler = (event: HttpEvent, context: object) => Promise<HttpResult>

/** Calls a handler as API Gateway does for a client that takes gzip, as every browser and HTTP library does. */
export async function answerTo(handler: unknown, tenant: BenchTenant, user: User, target: string, request: Request = {}) {
  const event = httpEvent(tenant.id, user, target, { ...request, headers: { 'accept-encoding': 'gzip, deflate, br', ...request.headers } })
  const result = await (handler as Handler)(event, {})
  const sent = Buffer.from(result.body ?? '', result.isBase64Encoded ? 'base64' : 'utf8')
  const plain = result.isBase64Encoded ? gunzipSync(sent) : sent
  return { status: result.statusCode ?? 0, headers: result.headers ?? {}, sent, plain, body: () => JSON.parse(plain.toString()) }
}

/**
 * Counts one warm request. Of three tries the cheapest: another minute's lease of the rate limit, or settings that are read
 * again after 30 seconds, are none of the request's.
 */
export async function costOf(
  handler: unknown,
  tenant: BenchTenant,
  user: User,
  target: string,
  make: (attempt: number) => Request,
): Promise<Cost> {
  let least: Cost | undefined
  for (let attempt = 0; attempt < 3; attempt++) {
    const request = make(attempt)
    const { result, spent } = await measure(() => answerTo(handler, tenant, user, target, request))
    if (result.status >= 400) throw new Error(`${request.method ?? ''} ${target} answered ${result.status}: ${result.plain}`)
    const headers = Object.entries(result.headers).reduce((sum, [name, value]) => sum + name.length + String(value).length + 4, 0)
    const cost = { spent, sent: result.sent.length, plain: result.plain.length, headers }
    if (!least || cost.spent.calls < least.spent.calls) least = cost
  }
  return least!
}
