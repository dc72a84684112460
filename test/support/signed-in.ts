import { mkdtempSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { HttpResult } from '../../functions/http/api.ts'
import { lazily } from '../../functions/runtime.ts'
import { type LocalIssuer, openIssuer } from '../../local/tokens.ts'
import { type Answer, api } from './api.ts'
import { httpEvent } from './call.ts'

export interface Issuers {
  /** The one the authorizer believes. */
  ours: LocalIssuer
  /** Same name, other keys. */
  forger: LocalIssuer
  /** Our own keys, for another client. */
  otherClient: LocalIssuer
  /** Our own keys, under another name. */
  stranger: LocalIssuer
}

const audience = 'guanxi-test'

/**
 * An issuer with its keys on loopback, which the authorizer is told of: one for all tests of a worker, since the authorizer looks for
 * its issuer once.
 */
export const startIssuers = lazily(async (): Promise<Issuers> => {
  const directory = mkdtempSync(join(process.env.RUN_FOLDER!, 'issuer-'))
  const server = createServer((_, response) => response.end(JSON.stringify(ours.keys())))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  server.unref()
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const ours = await openIssuer(join(directory, 'ours.json'), url, audience)
  const forger = await openIssuer(join(directory, 'forger.json'), url, audience)
  const otherClient = await openIssuer(join(directory, 'ours.json'), url, 'another-client')
  const stranger = await openIssuer(join(directory, 'ours.json'), 'https://elsewhere.example', audience)
  Object.assign(process.env, { JWT_ISSUER: url, JWT_AUDIENCE: audience, JWKS_URI: `${url}/jwks.json` })
  return { ours, forger, otherClient, stranger }
})

/** Calls the API as the gateway does: the authorizer finds out from the Authorization header who calls. */
export async function callWith(
  authorization: string | undefined,
  target: string,
  request: { method?: string; body?: unknown } = {},
): Promise<Answer> {
  const { handler: authorizer } = await import('../../functions/authorizer.ts')
  const event = httpEvent('nobody', undefined, target, request)
  if (authorization !== undefined) event.headers.authorization = authorization
  const { context } = await authorizer(event as never)
  event.requestContext.authorizer = { lambda: context }
  const result = await (api as unknown as (event: object, context: object) => Promise<HttpResult>)(event, {})
  return {
    status: result.statusCode ?? 0,
    headers: result.headers as Record<string, string>,
    body: result.body ? JSON.parse(result.body) : '',
  }
}
