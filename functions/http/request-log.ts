import type { MiddlewareObj } from '@middy/core'
import { logInfo } from '../log.ts'
import { optionalEnv } from '../runtime.ts'
import type { HttpEvent, HttpResult } from './api.ts'

/** One line per request: what was asked and how it ended. No names, no bodies, no query, nothing personal. */
export function requestLog(): MiddlewareObj<HttpEvent, HttpResult> {
  const started = new WeakMap<HttpEvent, number>()
  return {
    before: ({ event }) => {
      started.set(event, performance.now())
    },
    after: ({ event, response }) => {
      if (optionalEnv('REQUEST_LOG') === 'off') return
      const milliseconds = Math.round(performance.now() - (started.get(event) ?? 0))
      const { method } = event.requestContext.http
      logInfo({
        method,
        route: event.routeKey,
        status: response?.statusCode,
        milliseconds,
        requestId: response?.headers?.['x-request-id'],
      })
    },
  }
}
