import * as z from 'zod'
import type { ZodOpenApiParameterObject } from 'zod-openapi'
import { type ListSpec, longestFilter, mostValues, type Operator, operators } from '../../../domain/kernel/paging.ts'
import type { Route } from '../route.ts'

const ref = (name: string) => ({ $ref: `#/components/parameters/${name}` })

/** Parameters that many operations share. */
export const sharedParameters = {
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    description: 'Makes repeating safe: a repetition within 24 hours gets the first answer again, another request with the same key 422.',
    schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[\\x21-\\x7e]+$' },
    example: '7d0f5c2e-order-4711',
  },
  IfMatch: {
    name: 'If-Match',
    in: 'header',
    description: 'The ETag of the version that the change is meant for; 412 when there is a newer one.',
    schema: { type: 'string', maxLength: 255, pattern: '^[ -~]+$' },
    example: '"3"',
  },
  RequestId: {
    name: 'X-Request-Id',
    in: 'header',
    description: 'An id of your own for this request. It comes back, and stands in our log and in the audit trail.',
    schema: { type: 'string', maxLength: 100, pattern: '^[A-Za-z0-9._:-]+$' },
    example: 'web-20261121-0001',
  },
  Limit: {
    name: 'limit',
    in: 'query',
    description: 'How many records to answer.',
    schema: { type: 'integer', format: 'int32', minimum: 1, maximum: 100, default: 25 },
  },
  Cursor: {
    name: 'cursor',
    in: 'query',
    description: 'page.next of the former page. It belongs to the same filters and sort.',
    schema: { type: 'string', maxLength: 4000, pattern: '^[A-Za-z0-9_.-]+$' },
  },
  Debug: {
    name: 'debug',
    in: 'query',
    description: 'For admins: answers in headers the capacity units that the request used.',
    schema: { type: 'string', enum: ['capacity'] },
  },
} as const satisfies Record<string, ZodOpenApiParameterObject>

const meaning: Record<Operator, string> = {
  eq: 'equals the value',
  ne: 'differs from the value',
  in: `is one of the values, separated by commas, at most ${mostValues}`,
  lt: 'lies before the value',
  lte: 'lies before the value or is it',
  gt: 'lies behind the value',
  gte: 'is the value or lies behind it',
  between: 'lies between two values, separated by a comma',
  prefix: 'begins with the value',
  contains: 'contains the value',
  isNull: 'is unset',
}

function filterParameters(list: ListSpec): ZodOpenApiParameterObject[] {
  return Object.entries(list.filters).flatMap(([field, served]) =>
    operators
      .filter((operator) => served.includes(operator))
      .map((operator) => ({
        name: `filter[${field}][${operator}]`,
        in: 'query' as const,
        description: `Only where ${field} ${meaning[operator]}.${operator === 'eq' ? ` \`filter[${field}]\` is short for it.` : ''} This field takes: ${served.join(', ')}.`,
        schema:
          operator === 'isNull'
            ? { type: 'string' as const, enum: ['true'] }
            : { type: 'string' as const, maxLength: longestFilter, pattern: '^[^\\x00]*$' },
      })),
  )
}

function listParameters(list: ListSpec): ZodOpenApiParameterObject[] {
  const sort: ZodOpenApiParameterObject = {
    name: 'sort',
    in: 'query',
    description: `The order; - puts the greatest or latest first.${list.defaultSort ? '' : ` Left out: ${list.sorts[0]}.`}`,
    schema: { type: 'string', enum: [...list.sorts] },
  }
  return [...filterParameters(list), sort, ref('Limit'), ref('Cursor')]
}

/** The path parameters of a route: an id is what the GET of that noun answers as id. */
function pathSchema(route: Route, routes: readonly Route[]): z.ZodObject | undefined {
  const segments = route.path.split('/')
  const entries = segments.flatMap((segment, i) => {
    if (!segment.startsWith('{')) return []
    const name = segment.slice(1, -1)
    const owner = routes.find((other) => other.method === 'GET' && other.path === segments.slice(0, i + 1).join('/'))
    const id = (owner?.response as z.ZodObject | undefined)?.shape?.id as z.ZodType | undefined
    return [[name, name === 'id' && id ? id : z.string().min(1).max(255)] as const]
  })
  return entries.length > 0 ? z.object(Object.fromEntries(entries)) : undefined
}

/** Path and query parameters that have schemas of their own. */
export function ownParametersOf(route: Route, routes: readonly Route[]) {
  const path = pathSchema(route, routes)
  return { ...(path ? { path } : {}), ...(route.query ? { query: route.query } : {}) }
}

/** True where an Idempotency-Key is taken. */
export const isKeyed = (route: Route): boolean => !route.readOnly && (route.method === 'POST' || route.method === 'PATCH')
/** True where an If-Match is taken. */
export const isVersioned = (route: Route): boolean => ['PATCH', 'PUT', 'DELETE'].includes(route.method)

/** The parameters of an operation that follow from its kind: list, keyed, versioned. */
export function parametersOf(route: Route): ZodOpenApiParameterObject[] {
  return [
    ...(route.list ? listParameters(route.list) : []),
    ...(isKeyed(route) ? [ref('IdempotencyKey')] : []),
    ...(isVersioned(route) ? [ref('IfMatch')] : []),
    ref('RequestId'),
    ref('Debug'),
  ]
}
