import middy from '@middy/core'
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import type { Caller, Recognised, Refusal } from '../../domain/identity/caller/caller.ts'
import { requirePermission } from '../../domain/identity/index.ts'
import type { Actor, Context, StoredAnswer } from '../../domain/kernel/context.ts'
import { Problem } from '../../domain/kernel/errors.ts'
import { newId } from '../../domain/kernel/ids.ts'
import { parseInput } from '../../domain/kernel/parse-input.ts'
import { measure, type Spent } from '../../domain/store/capacity.ts'
import { retryStale } from '../../domain/store/commit.ts'
import { logError } from '../log.ts'
import { type Abilities, bareContext, tenantContext } from '../runtime.ts'
import { problemAnswer } from './answer.ts'
import { compressed } from './compress.ts'
import { runKeyed, unkeyed } from './keyed.ts'
import { answerPage } from './page.ts'
import { takeRequest } from './rate-limit.ts'
import { bodyBytes, jsonBody, queryInput, queryOf } from './request.ts'
import { requestLog } from './request-log.ts'
import { type AnyRoute, isPage, needsBody, type Route } from './route.ts'
import { router } from './router.ts'

export type HttpEvent = APIGatewayProxyEventV2 & { requestContext: { authorizer?: { lambda?: { recognised?: string } } } }
export type HttpResult = APIGatewayProxyStructuredResultV2

const refusals: Record<Refusal, string> = {
  missing: 'Send Authorization: Bearer with an API key or an access token.',
  invalid: 'This token is not one of ours.',
  expired: 'This token has expired. Sign in again.',
  inactive: 'The user of this token has no access any more.',
}

/** 401 for everybody who was not recognised. */
function callerOf(event: HttpEvent): Caller {
  const recognised: Recognised = JSON.parse(event.requestContext.authorizer?.lambda?.recognised ?? '{"outcome":"missing"}')
  if (recognised.outcome === 'ok') return recognised.caller
  throw new Problem('unauthenticated', `token.${recognised.outcome}`, refusals[recognised.outcome], {
    headers: { 'www-authenticate': 'Bearer' },
  })
}

const actorOf = ({ kind, id, userId, roles, scopes }: Caller): Actor => ({ kind, id, userId, roles, scopes })

/** The caller's own request id when it is a harmless one. */
const requestIdOf = (event: HttpEvent) => {
  const given = event.headers['x-request-id']
  return given && /^[A-Za-z0-9._:-]{1,100}$/.test(given) ? given : newId('req', new Date().toISOString())
}

/** The JSON of the body; one that is left out where none is needed is as good as an empty object. */
const givenBody = (route: Route, bytes: Buffer): unknown =>
  bytes.length > 0 || needsBody(route) ? jsonBody(bytes) : route.method === 'POST' ? {} : undefined

/** Nothing, or the empty object that many clients send with every POST. */
const isEmpty = (bytes: Buffer) => bytes.length === 0 || JSON.stringify(jsonBody(bytes)) === '{}'

/** Everything `run` is given, checked: path parameters, query, page, body, If-Match. */
function inputOf(
  route: Route,
  params: Record<string, string>,
  query: Map<string, string>,
  bytes: Buffer,
  headers: HttpEvent['headers'],
): object {
  const body = route.body ? parseInput(route.body, givenBody(route, bytes)) : undefined
  if (!route.body && route.method !== 'GET' && !isEmpty(bytes))
    throw new Problem('invalid', 'body.unexpected', 'This request takes no body.')
  const versioned = route.method === 'PATCH' || route.method === 'PUT' || route.method === 'DELETE' ? { ifMatch: headers['if-match'] } : {}
  const content = route.method === 'PATCH' ? { changes: body } : route.method === 'PUT' ? { input: body } : (body as object | undefined)
  return { ...content, ...queryInput(route, query), ...params, ...versioned }
}

const wantsCapacity = (ctx: Context, query: Map<string, string>): boolean => {
  const debug = query.get('debug')
  if (debug === undefined) return false
  if (debug !== 'capacity') throw new Problem('malformed', 'query.invalid', 'debug can only be capacity.')
  if (!ctx.actor.roles.includes('admin')) throw new Problem('forbidden', 'debug.forbidden', 'Only an admin may see what a request costs.')
  return true
}

const capacityHeaders = (spent: Spent) => ({
  'x-capacity-read-units': String(spent.readUnits),
  'x-capacity-write-units': String(spent.writeUnits),
  'x-aws-calls': String(spent.calls),
})

async function answerRoute(
  route: Route,
  params: Record<string, string>,
  event: HttpEvent,
  requestId: string,
  abilities: Abilities,
): Promise<StoredAnswer> {
  const caller = callerOf(event)
  const limits = await takeRequest(bareContext(caller.tenantId, actorOf(caller), requestId))
  const work = async () => {
    const ctx = await tenantContext(caller.tenantId, actorOf(caller), requestId, abilities)
    if (route.permission !== 'signed-in') requirePermission(ctx.actor, route.permission)
    const query = queryOf(event.rawQueryString ?? '')
    const capacity = wantsCapacity(ctx, query)
    const bytes = bodyBytes(event.body, event.isBase64Encoded)
    const input = inputOf(route, params, query, bytes, event.headers)
    const keyed = !route.readOnly && (route.method === 'POST' || route.method === 'PATCH') ? event.headers['idempotency-key'] : undefined
    const run = () =>
      retryStale(() => (keyed === undefined ? unkeyed(ctx, route, input) : runKeyed(ctx, route, input, keyed, event.rawPath, bytes)))
    const { result, spent } = await measure(run)
    return capacity ? { ...result, headers: { ...result.headers, ...capacityHeaders(spent) } } : result
  }
  try {
    const answer = await work()
    return { ...answer, headers: { ...answer.headers, ...limits } }
  } catch (error) {
    if (error instanceof Problem)
      throw new Problem(error.kind, error.code, error.message, { ...error.more, headers: { ...limits, ...error.more.headers } })
    throw error
  }
}

/** A DELETE answers nothing; what it refuses to delete is shown as the GET of that address shows it. */
const withResources = (routes: readonly AnyRoute[]): AnyRoute[] =>
  routes.map((route) => {
    if (isPage(route) || route.response) return route
    const resource = routes.find((other): other is Route => !isPage(other) && other.method === 'GET' && other.path === route.path)
    return resource ? { ...route, resource } : route
  })

/** The handler of one HTTP context: finds the route, checks the request, runs the use case and answers. HEAD is GET without the body. */
export function httpHandler(routes: readonly AnyRoute[], abilities: Abilities = {}) {
  const find = router(withResources(routes))
  const answer = async (event: HttpEvent): Promise<HttpResult> => {
    const requestId = requestIdOf(event)
    const { method } = event.requestContext.http
    const isHead = method === 'HEAD'
    let given: StoredAnswer
    try {
      const { route, params } = find(isHead ? 'GET' : method, event.rawPath)
      given = isPage(route) ? await answerPage(route, params, event) : await answerRoute(route, params, event, requestId, abilities)
    } catch (error) {
      if (!(error instanceof Problem)) logError('A request failed.', { requestId }, error)
      given = problemAnswer(error, requestId)
    }
    const headers = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', ...given.headers, 'x-request-id': requestId }
    const result = {
      statusCode: given.status,
      headers,
      body: isHead ? '' : given.body,
      ...(given.isBase64 ? { isBase64Encoded: true } : {}),
    }
    return compressed(result, event.headers['accept-encoding'])
  }
  return middy<HttpEvent, HttpResult>().use(requestLog()).handler(answer)
}
