import { expect, test } from 'vitest'
import { staleDocs } from '../../local/write-docs.ts'
import { nameOf, operations } from '../support/api.ts'
import { document, validatorAt } from '../support/documented.ts'

// biome-ignore lint/suspicious/noExplicitAny: the document is walked member by member
type Json = any

const operationOf = (path: string, method: string): Json => document.paths[path]?.[method.toLowerCase()]

/** Every object in the document, with the path that leads to it. */
function everywhere(value: Json, path: string[] = []): { path: string[]; value: Json }[] {
  if (typeof value !== 'object' || value === null) return []
  return [{ path, value }, ...Object.entries(value).flatMap(([key, inner]) => everywhere(inner, [...path, key]))]
}

const places = everywhere(document)
const isExample = (path: string[]) => path.some((part) => ['example', 'examples', 'default'].includes(part))

test('the generated documents in docs/ are what the code says (npm run docs)', async () => {
  expect(await staleDocs()).toEqual([])
})

test('every operation has an id of its own, words, and a tag that is described', () => {
  const ids = operations.map((route) => operationOf(route.path, route.method).operationId)
  const tags = new Set((document.tags as { name: string; description: string }[]).map((tag) => tag.name))

  expect(new Set(ids).size).toBe(operations.length)
  for (const route of operations) {
    const { operationId, summary, description, tags: own } = operationOf(route.path, route.method)
    expect(operationId, nameOf(route)).toMatch(/^[a-z]+[A-Za-z]*$/)
    expect(summary.length * description.length, nameOf(route)).toBeGreaterThan(0)
    expect(
      own.every((tag: string) => tags.has(tag)),
      nameOf(route),
    ).toBe(true)
  }
})

test('every schema has a name of its own', () => {
  expect(Object.keys((document.components as Json).schemas).filter((name) => !/^[A-Z][A-Za-z]+$/.test(name))).toEqual([])
})

test('every POST and PATCH with a body shows an example of it that its schema takes', () => {
  for (const route of operations.filter((route) => route.body && route.body.safeParse({}).success === false)) {
    const place = ['paths', route.path, route.method.toLowerCase(), 'requestBody', 'content', 'application/json']
    const { example } = operationOf(route.path, route.method).requestBody.content['application/json']

    const validate = validatorAt(...place, 'schema')

    expect(example, nameOf(route)).toBeDefined()
    expect(validate(example) ? [] : validate.errors, nameOf(route)).toEqual([])
    expect(route.body!.safeParse(example).error?.issues ?? [], nameOf(route)).toEqual([])
  }
})

test('every example of an answer fits its schema', () => {
  const contents = places.filter(({ value, path }) => value.schema && 'example' in value && path.includes('content'))

  expect(contents.length).toBeGreaterThan(operations.length)
  for (const { path, value } of contents) {
    const validate = validatorAt(...path, 'schema')
    expect(validate(value.example) ? [] : validate.errors, path.join(' ')).toEqual([])
  }
})

test('every object is closed, and every string, list and number has a limit', () => {
  const open = places.filter(({ path, value }) => {
    if (isExample(path) || typeof value.type !== 'string') return false
    if (value.type === 'object') return value.properties !== undefined && value.additionalProperties !== false
    if (value.type === 'array') return value.maxItems === undefined
    if (value.type === 'integer') return value.maximum === undefined || value.minimum === undefined
    return (
      value.type === 'string' &&
      path.at(-2) !== 'securitySchemes' &&
      value.maxLength === undefined &&
      !value.enum &&
      value.const === undefined
    )
  })

  expect(open.map(({ path }) => path.join('/'))).toEqual([])
})

test('every reference leads somewhere, and everything shared is used', () => {
  const refs = new Set(places.flatMap(({ value }) => (typeof value.$ref === 'string' ? [value.$ref as string] : [])))
  const shared = Object.entries(document.components as Json).flatMap(([kind, entries]) =>
    kind === 'securitySchemes' ? [] : Object.keys(entries as object).map((name) => `#/components/${kind}/${name}`),
  )

  expect([...refs].filter((ref) => !shared.includes(ref))).toEqual([])
  expect(shared.filter((name) => !refs.has(name))).toEqual([])
})

test('keys, versions and lists are described where they are honoured, and nowhere else', () => {
  for (const route of operations) {
    const { parameters, responses } = operationOf(route.path, route.method)
    const names = parameters.map((parameter: Json) => parameter.name ?? parameter.$ref.split('/').at(-1))

    expect(names.includes('IdempotencyKey'), nameOf(route)).toBe(!route.readOnly && ['POST', 'PATCH'].includes(route.method))
    expect(names.includes('IfMatch'), nameOf(route)).toBe(['PATCH', 'PUT', 'DELETE'].includes(route.method))
    expect(names.includes('Cursor'), nameOf(route)).toBe(route.list !== undefined)
    expect('412' in responses, nameOf(route)).toBe(names.includes('IfMatch'))
    expect('Location' in (responses[route.status].headers ?? {}), nameOf(route)).toBe(
      route.status === 201 || (route.status === 202 && route.location !== undefined),
    )
  }
})
