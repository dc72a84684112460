import type { ZodOpenApiHeaderObject, ZodOpenApiResponseObject } from 'zod-openapi'
import { Problem } from './schemas.ts'

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

export const header = (name: keyof typeof sharedHeaders) => ({ $ref: `#/components/headers/${name}` })
const always = { 'X-Request-Id': header('XRequestId') }
/** Of every answer to somebody who is known. */
export const counted = {
  ...always,
  'RateLimit-Limit': header('RateLimitLimit'),
  'RateLimit-Remaining': header('RateLimitRemaining'),
  'RateLimit-Reset': header('RateLimitReset'),
}

export type Headers = Record<string, { $ref: string }>

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
export const problems: Record<number, [name: string, response: ZodOpenApiResponseObject]> = {
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

export const sharedResponses = Object.fromEntries(Object.values(problems))
