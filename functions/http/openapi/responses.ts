import * as z from 'zod'
import type { ZodOpenApiResponseObject, ZodOpenApiResponsesObject } from 'zod-openapi'
import type { Route } from '../route.ts'
import { isKeyed, isVersioned } from './parameters.ts'
import { Problem, pageOf } from './schemas.ts'
import { counted, type Headers, header, problems } from './shared-responses.ts'

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
  }
}
