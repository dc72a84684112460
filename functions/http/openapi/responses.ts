import * as z from 'zod'
import type { ZodOpenApiHeaderObject, ZodOpenApiResponseObject, ZodOpenApiResponsesObject } from 'zod-openapi'
import type { Route } from '../route.ts'
import { isKeyed, isVersioned } from './parameters.ts'
import { Problem, pageOf } from './schemas.ts'

const count = (description: string) => ({
  description,
  schema: { type: 'integer' as const, format: 'int32', minimum: 0, maximum: 2_147_483_647 },
})
const text = (description: string, maxLength: number, pattern: string) => ({
  description,
  schema: { type: 'string' as const, maxLength, pattern },
})

/** Headers of answers. */
export const sharedHeaders = {
  RateLimitLimit: count('Requests that the firm may send in a minute.'),
  RateLimitRemaining: count('Requests that are left of this minute.'),
  RateLimitReset: count('Seconds until the next minute begins.'),
  RetryAfter: count('Seconds to wait.'),
  XRequestId: text('Your X-Request-Id, or one of ours.', 100, '^[A-Za-z0-9._:-]+$'),
  ETag: text('The version of the record; send it as If-Match.', 30, '^"\\d+"$'),
  ContentDisposition: text('The name of the file.', 2000, '^attachment; filename='),
  Location: text('Where the new record, or the job, is.', 500, '^/v1/'),
  IdempotentReplayed: { description: 'True when this is the first answer again.', schema: { type: 'string' as const, enum: ['true'] } },
  WWWAuthenticate: text('How to sign in.', 100, '^Bearer$'),
} satisfies Record<string, ZodOpenApiHeaderObject>

const header = (name: keyof typeof sharedHeaders) => ({ $ref: `#/components/headers/${name}` })
const always = { 'X-Request-Id': header('XRequestId') }
const counted = {
  ...always,
  'RateLimit-Limit': header('RateLimitLimit'),
  'RateLimit-Remaining': header('RateLimitRemaining'),
  'RateLimit-Reset': header('RateLimitReset'),
}

type Headers = Record<string, { $ref: string }>

const problem = (description: string, code: string, status: number, detail: string, more: Headers = {}): ZodOpenApiResponseObject => ({
  description,
  headers: { ...counted, ...more },
  content: {
    'application/problem+json': {
      schema: Problem,
      example: {
        type: `urn:guanxi:problem:${code}`,
        title: description.split(':')[0]!,
        status,
        code,
        detail,
        errors: [],
        requestId: 'req_01JD8ZQ4T5M6N7P8Q9R0S1T2V3',
        retryable: status === 429 || status === 500,
      },
    },
  },
})

const wrong = { pointer: '/name', code: 'required', message: 'This is required.' }

/** The problems that many operations share, by status. */
const problems: Record<number, [name: string, response: ZodOpenApiResponseObject]> = {
  400: [
    'BadRequest',
    problem('Bad request: JSON, query, filter, sort or cursor', 'query.unknown', 400, 'There is no parameter "colour" here.'),
  ],
  401: [
    'Unauthorized',
    problem('Not signed in', 'token.missing', 401, 'Send Authorization: Bearer with an API key or an access token.', {
      'WWW-Authenticate': header('WWWAuthenticate'),
    }),
  ],
  403: [
    'Forbidden',
    problem('Not allowed: the caller may see it but not do this', 'permission.missing', 403, 'This needs the permission customers.write.'),
  ],
  404: [
    'NotFound',
    problem('Not found: unknown, deleted, or not yours to see', 'customer.not-found', 404, 'No such customer, or it is not yours to see.'),
  ],
  409: [
    'Conflict',
    problem(
      'Conflict: a state, or a value that is taken',
      'write.conflict',
      409,
      'Others are changing the same record right now. Send the request again.',
    ),
  ],
  413: ['TooLarge', problem('Too large: a body takes 1 MB', 'body.too-large', 413, 'The body is larger than 1 MB.')],
  422: ['Invalid', problem('Invalid input', 'input.invalid', 422, '/name: This is required.')],
  429: [
    'TooManyRequests',
    problem('Too many requests', 'rate.exceeded', 429, 'More than 6000 requests in this minute. Wait 12 seconds.', {
      'Retry-After': header('RetryAfter'),
    }),
  ],
  500: ['OurMistake', problem('Our mistake', 'internal', 500, 'Something went wrong on our side. The request id helps us to find it.')],
}
// biome-ignore lint/suspicious/noExplicitAny: the example of 422 shows where the fault is
;(problems[422]![1].content as any)['application/problem+json'].example.errors = [wrong]

export const sharedResponses = Object.fromEntries(Object.values(problems)) as Record<string, ZodOpenApiResponseObject>

/** The statuses of problems that the operation can answer with. */
function possible(route: Route): number[] {
  const writes = route.method !== 'GET'
  return [
    400,
    401,
    403,
    ...(route.path.includes('{') || route.body || route.query ? [404] : []),
    // A preview is refused as what it previews.
    ...(writes && (!route.readOnly || route.path.endsWith('/preview')) ? [409] : []),
    ...(writes ? [413, 422] : []),
    429,
    500,
  ]
}

const nameOf = (route: Route) => (route.response?.meta()?.id as string | undefined) ?? 'record'

function success(route: Route): ZodOpenApiResponseObject {
  const headers: Headers = {
    ...counted,
    ...(isKeyed(route) ? { 'Idempotent-Replayed': header('IdempotentReplayed') } : {}),
    ...(route.status === 201 || (route.status === 202 && route.location) ? { Location: header('Location') } : {}),
  }
  if (route.files) return withFiles(route, route.files, headers)
  if (!route.response) return { description: 'Done.', headers }
  const versioned = !route.list && route.response instanceof z.ZodObject && 'version' in route.response.shape
  const words = route.list ? 'One page.' : route.status === 201 ? `The new ${nameOf(route)}.` : `The ${nameOf(route)}.`
  return {
    description: words,
    headers: { ...headers, ...(versioned ? { ETag: header('ETag') } : {}) },
    content: { 'application/json': { schema: route.list ? pageOf(route.response) : route.response } },
  }
}

/** Lambda answers at most 6 MB; bytes are counted as they are. */
const largestFile = 6_000_000

/** A file of one of these types, and JSON where the route has a response. */
function withFiles(route: Route, types: readonly string[], headers: Headers): ZodOpenApiResponseObject {
  const file = (type: string) => ({ schema: { type: 'string' as const, format: 'binary', contentMediaType: type, maxLength: largestFile } })
  const json = route.response ? { 'application/json': { schema: route.response } } : {}
  return {
    description: route.response ? `The ${nameOf(route)}, or the file that was asked for.` : 'The file.',
    headers: { ...headers, 'Content-Disposition': header('ContentDisposition') },
    content: { ...json, ...Object.fromEntries(types.map((type) => [type, file(type)])) },
  }
}

const changedSchemas = new Map<z.ZodType, z.ZodType>()

/** A problem with the record as it is by now; one schema for PATCH and DELETE. */
function changedSchema(shown: z.ZodType): z.ZodType {
  const known = changedSchemas.get(shown) ?? Problem.extend({ current: shown }).meta({ id: `${String(shown.meta()?.id)}Changed` })
  changedSchemas.set(shown, known)
  return known
}

/** 412 shows the record as it is by now, as its own GET would. */
function changedMeanwhile(route: Route, routes: readonly Route[]): ZodOpenApiResponseObject {
  const shown = route.response ?? routes.find((other) => other.method === 'GET' && other.path === route.path)?.response
  const schema = shown ? changedSchema(shown) : Problem
  return {
    description: 'Changed meanwhile: `current` is the record as it is now',
    headers: counted,
    content: { 'application/problem+json': { schema } },
  }
}

/** All answers of an operation: success, and only those problems that it can have. */
export function responsesOf(route: Route, routes: readonly Route[]): ZodOpenApiResponsesObject {
  return {
    ...(route.upserts ? { 200: success({ ...route, status: 200 }) } : {}),
    [route.status]: success(route),
    ...Object.fromEntries(possible(route).map((status) => [status, { $ref: `#/components/responses/${problems[status]![0]}` }])),
    ...(isVersioned(route) ? { 412: changedMeanwhile(route, routes) } : {}),
  } as ZodOpenApiResponsesObject
}
