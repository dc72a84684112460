import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { expect } from 'vitest'
import { openApiDocument } from '../../functions/http/openapi.ts'
import type { Route } from '../../functions/http/route.ts'
import { allRoutes } from '../../functions/http/routes.ts'
import { type Answer, nameOf } from './api.ts'
import { oncePerRun } from './once-per-run.ts'

/** The document of the routes as they are, not as they were last written down. */
export const document = oncePerRun('openapi', () => openApiDocument(allRoutes))

// A schema is used a few times: each shared one is compiled once, and none is made faster than it comes.
const ajv = new Ajv2020({ strict: false, allErrors: true, inlineRefs: false, code: { optimize: false } })
addFormats.default(ajv)
ajv.addSchema(document, 'openapi')

// biome-ignore lint/suspicious/noExplicitAny: schemas are read member by member
type Json = any

const validators = new Map<string, ValidateFunction>()
const part = (text: string) => encodeURIComponent(text.replaceAll('~', '~0').replaceAll('/', '~1'))

/** What stands at a place in the document. */
const at = (place: readonly string[]): Json => place.reduce((value, key) => value?.[key], document as Json)

/** The validator of a schema somewhere in the document: one of its own, or that of the shared schema it is a reference to. */
export function validatorAt(...place: string[]): ValidateFunction {
  const pointer = at(place).$ref ?? `#/${place.map(part).join('/')}`
  const known = validators.get(pointer) ?? (ajv.getSchema(`openapi${pointer}`) as ValidateFunction)
  validators.set(pointer, known)
  return known
}

interface Documented {
  $ref?: string
  headers?: Record<string, unknown>
  content?: Record<string, unknown>
}

/** Where the document describes an answer: at the operation, or among what operations share. */
function placeOf(route: Route, status: number): { place: string[]; response: Documented } {
  const own = ['paths', route.path, route.method.toLowerCase(), 'responses', String(status)]
  const response: Documented | undefined = at(own)
  expect(response, `${nameOf(route)} answered ${status}, which the document does not name`).toBeDefined()
  const shared = response!.$ref?.slice(2).split('/')
  return shared ? { place: shared, response: at(shared) } : { place: own, response: response! }
}

/** Headers that every answer of ours carries and that say nothing about the operation. */
const transport = ['content-type', 'cache-control', 'x-content-type-options', 'vary', 'content-encoding']

/** Fails unless the document allows this answer of the operation: status, media type, body and headers. */
export function expectDocumented(route: Route, answer: Answer): void {
  const { place, response } = placeOf(route, answer.status)
  const type = answer.headers['content-type']?.split(';')[0]
  const types = Object.keys(response.content ?? {})
  expect(type === undefined ? types.length === 0 : types.includes(type), `media type ${type} of ${nameOf(route)}`).toBe(true)
  if (type) {
    const validate = validatorAt(...place, 'content', type, 'schema')
    const fits = validate(answer.body)
    expect(fits ? [] : validate.errors, `${nameOf(route)} ${answer.status}: ${JSON.stringify(answer.body).slice(0, 600)}`).toEqual([])
  }
  const known = new Set(Object.keys(response.headers ?? {}).map((name) => name.toLowerCase()))
  const ours = Object.keys(answer.headers).filter((name) => !transport.includes(name))
  expect(
    ours.filter((name) => !known.has(name)),
    `headers of ${nameOf(route)} ${answer.status}`,
  ).toEqual([])
}

/** The schema of the bodies that an operation takes. */
export const bodySchemaOf = (route: Route): Json =>
  (document.paths[route.path]![route.method.toLowerCase()] as Json).requestBody.content['application/json'].schema
