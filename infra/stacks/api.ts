import type { Construct } from 'constructs'
import { authorizer, fallbackContext, type HttpContext, httpContexts } from '../../functions/manifest.ts'
import { apiAlarms, canary, liveAlias } from '../constructs/canary.ts'
import { environmentOf } from '../constructs/environment.ts'
import { grantsFor } from '../constructs/grants.ts'
import { type House, houseStack } from '../constructs/house.ts'
import { houseFunction } from '../constructs/house-function.ts'
import { type HttpApi, httpApi, requestAuthorizer, serve } from '../constructs/http-api.ts'
import { deadLetterQueue } from '../constructs/work-queue.ts'
import type { Data } from './data.ts'

/** Below the gateway's own 30 seconds, so that it is the function that answers. */
const requestSeconds = 20
const authorizerSeconds = 10

/** Name of the dead letters that the functions of the API share: nobody calls them asynchronously, so none are expected. */
export const apiDeadLetters = 'api'

/** The HTTP API: authorizer, one function per context, routes from the manifest, canary deployment. */
export function apiStack(scope: Construct, house: House, data: Data): HttpApi {
  const stack = houseStack(scope, house, 'api', 'Guanxi: HTTP API, authorizer and one function per context')
  const api = httpApi(stack, house, data.key)
  const deadLetters = deadLetterQueue(stack, house, apiDeadLetters)
  const shared = { deadLetters, key: data.key }
  const authorizing = houseFunction(stack, house, {
    ...shared,
    name: authorizer.name,
    timeoutSeconds: authorizerSeconds,
    environment: {
      ...environmentOf(house, authorizer, data),
      USER_POOL_ID: data.people.pool.userPoolId,
      USER_POOL_CLIENT_ID: data.people.client.userPoolClientId,
    },
    grants: grantsFor(authorizer, data),
  })
  const gate = requestAuthorizer(stack, house, api, authorizing)
  const functions = httpContexts.map((context) => {
    const fn = houseFunction(stack, house, {
      ...shared,
      name: `http-${context.name}`,
      timeoutSeconds: requestSeconds,
      environment: {
        ...environmentOf(house, context, data),
        PUBLIC_BASE_URL: api.baseUrl,
        RATE_LIMIT_PER_MINUTE: String(house.settings.rateLimitPerMinute),
      },
      grants: grantsFor(context, data),
    })
    const live = liveAlias(stack, fn)
    serve(stack, api, gate, context.name, live.alias, routeKeys(context))
    return live
  })
  canary(stack, house, functions, apiAlarms(stack, house, data.alarms, api))
  return api
}

/** Every method of every path of a context. What no context claims goes to the fallback, so that a 404 too is ours. */
const routeKeys = ({ name, nouns, paths }: HttpContext): string[] => [
  ...nouns.flatMap((noun) => [`ANY /v1/${noun}`, `ANY /v1/${noun}/{proxy+}`]),
  ...paths.map((path) => `ANY ${path}`),
  ...(name === fallbackContext ? ['$default'] : []),
]
