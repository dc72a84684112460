import type { OpenApiDocument } from '../openapi.ts'
import type { Route } from '../route.ts'

// biome-ignore lint/suspicious/noExplicitAny: JSON schemas are read member by member
type Json = any

const moment = '2026-11-21T01:30:00.000Z'
const person = 'usr_01JD8ZQ4T5M6N7P8Q9R0S1T2V3'
const known: Record<string, unknown> = {
  version: 1,
  createdAt: moment,
  updatedAt: moment,
  createdBy: person,
  at: moment,
  name: '上海明辉贸易有限公司',
  email: 'li.lei@minghui.example',
}

/** The members of an object that an example shows as the request had them. */
type Given = Record<string, unknown>

/** An example of a schema: what the request sent where it has it, else the schema's own examples, defaults and first choices. */
function exampleOf(document: OpenApiDocument, schema: Json, given: unknown): unknown {
  if (schema.$ref) return exampleOf(document, resolved(document, schema.$ref), given)
  if (schema.type === 'array' && Array.isArray(given)) return given.map((one) => exampleOf(document, schema.items, one))
  if (given !== undefined && schema.type !== 'object') return given
  const own = schema.example ?? schema.examples?.[0] ?? schema.const ?? schema.default ?? schema.enum?.[0]
  if (own !== undefined) return own
  const choices: Json[] = schema.anyOf ?? schema.oneOf ?? schema.allOf
  if (choices) {
    if (given === undefined && choices.some((choice) => choice.type === 'null')) return null
    return exampleOf(document, choices[0], given)
  }
  if (schema.type === 'object') return objectExample(document, schema, (given ?? {}) as Given)
  if (schema.type === 'array') return schema.minItems ? [exampleOf(document, schema.items, undefined)] : []
  return scalarExample(schema)
}

function objectExample(document: OpenApiDocument, schema: Json, given: Given): Given {
  const entries = Object.entries(schema.properties ?? {}).map(([name, inner]) => [
    name,
    exampleOf(document, inner, given[name] ?? known[name]),
  ])
  return Object.fromEntries(entries)
}

function scalarExample(schema: Json): unknown {
  const prefix = /^\^([a-z]+)_\[0-7\]/.exec(schema.pattern ?? '')?.[1]
  if (prefix) return `${prefix}_01JD8ZQ4T5M6N7P8Q9R0S1T2V3`
  if (schema.format === 'date') return '2026-11-27'
  if (schema.format === 'date-time') return moment
  if (schema.type === 'boolean') return false
  if (schema.type === 'integer' || schema.type === 'number') return Math.max(schema.minimum ?? 0, 0)
  return schema.type === 'string' ? 'text' : null
}

const resolved = (document: OpenApiDocument, ref: string): Json =>
  ref
    .slice(2)
    .split('/')
    .reduce((place: Json, part) => place[part], document)

const jsonOf = (response: Json): Json => response?.content?.['application/json'] ?? response?.content?.['application/problem+json']

/** Puts an example into every answer: what the noun's create example sent, with all that the server adds. */
export function addExamples(document: OpenApiDocument, routes: readonly Route[]): OpenApiDocument {
  const createExample = (path: string) => {
    const collection = path.split('/').slice(0, 3).join('/')
    return routes.find((route) => route.method === 'POST' && route.path === collection)?.example?.body as Given | undefined
  }
  for (const route of routes) {
    const operation = document.paths[route.path]?.[route.method.toLowerCase()] as Json
    const sent = { ...createExample(route.path), ...(route.example?.body as Given | undefined) }
    const answer = jsonOf(operation.responses[route.status])
    if (answer) answer.example = route.example?.response ?? answerExample(document, route, answer.schema, sent)
    const changed = jsonOf(operation.responses[412])
    if (changed)
      changed.example = { ...(exampleOf(document, changed.schema, problemGiven) as Given), ...currentOf(document, changed.schema, sent) }
  }
  return document
}

function answerExample(document: OpenApiDocument, route: Route, schema: Json, sent: Given): unknown {
  if (!route.list) return exampleOf(document, schema, sent)
  return { data: [exampleOf(document, schema.properties.data.items, sent)], page: { next: null } }
}

const problemGiven = {
  type: 'urn:guanxi:problem:version.mismatch',
  title: 'Changed meanwhile',
  status: 412,
  code: 'version.mismatch',
  detail: 'The record is at version 4 by now. Read it again and repeat your change.',
  requestId: 'req_01JD8ZQ4T5M6N7P8Q9R0S1T2V3',
}

function currentOf(document: OpenApiDocument, schema: Json, sent: Given): Given {
  const full = schema.$ref ? resolved(document, schema.$ref) : schema
  if (!full.properties?.current) return {}
  return { current: exampleOf(document, full.properties.current, { ...sent, version: 4 }) }
}
