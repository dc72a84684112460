import type { HttpResult } from './api.ts'

/** Below this a compressed answer is hardly smaller. */
const smallestBytes = 1024

/** True for an Accept-Encoding that takes gzip, e.g. `gzip, deflate, br`; `gzip;q=0` refuses it. */
const takesGzip = (acceptEncoding: string): boolean => /(^|[\s,])gzip\s*(;\s*q=(?!0(\.0*)?\s*(,|$))[\d.]+\s*)?(,|$)/i.test(acceptEncoding)

/** The answer compressed for a client that takes it, since HTTP APIs of API Gateway do not: a list page shrinks to a tenth. */
export function compressed(result: HttpResult, acceptEncoding: string | undefined): HttpResult {
  const body = result.body ?? ''
  if (body.length < smallestBytes || result.isBase64Encoded) return result
  const headers = { ...result.headers, vary: 'accept-encoding' }
  if (!takesGzip(acceptEncoding ?? '')) return { ...result, headers }
  // Loaded when it is needed first: 3 ms that a cold start of a small answer does not pay.
  const { gzipSync } = process.getBuiltinModule('node:zlib')
  return { ...result, headers: { ...headers, 'content-encoding': 'gzip' }, body: gzipSync(body).toString('base64'), isBase64Encoded: true }
}
