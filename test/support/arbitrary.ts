import * as fc from 'fast-check'
import { remember } from '../../domain/kernel/remember.ts'

// biome-ignore lint/suspicious/noExplicitAny: JSON schemas are read member by member
type Schema = any

/** Anything that comes as JSON. */
const anything = fc.jsonValue({ maxDepth: 3 })

/** Texts that programs trip over. */
const nasty = fc.constantFrom(
  '',
  ' ',
  '#',
  'T#x#',
  '\u0000',
  '\uffff',
  '\ud800',
  '\u202e',
  'a\nb',
  '__proto__',
  '../../etc',
  '<script>alert(1)</script>',
  "' OR '1'='1",
  '<%= 7*7 %>',
  '{{7*7}}',
  '=1+1',
  '1e999',
  'x'.repeat(5000),
  '关'.repeat(300),
)

const formats: Record<string, fc.Arbitrary<string>> = {
  date: fc
    .date({ min: new Date('1950-01-01'), max: new Date('2150-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10)),
  'date-time': fc.date({ min: new Date('1950-01-01'), max: new Date('2150-01-01'), noInvalidDate: true }).map((date) => date.toISOString()),
  // Addresses of fast-check's own come with tables that take a second to make.
  uri: fc.stringMatching(
    /^https:\/\/[a-z][a-z0-9]{0,15}(\.[a-z]{2,8}){1,3}(:\d{2,4})?(\/[\w.~!$&'()*+,;=:@-]{0,20}){0,3}(\?[\w.~=&-]{0,20})?$/,
  ),
}

/** Texts of one pattern: a document has a few, each hundreds of times, and what makes them takes longer than they do. */
const textsMatching = remember(200, (pattern: string) => fc.stringMatching(new RegExp(pattern)))
const letters = fc.constantFrom('a', 'B', '7', '关', '系', '-', '😀')

function textOf(schema: Schema): fc.Arbitrary<string> {
  if (formats[schema.format]) return formats[schema.format]!
  const isOpen = !schema.pattern || schema.pattern === '^[^\\x00]*$'
  if (!isOpen) return textsMatching(schema.pattern)
  const maxLength = Math.min(schema.maxLength ?? 40, 40)
  return fc
    .array(letters, { minLength: Math.max(schema.minLength ?? 0, 1), maxLength })
    .map((list) => list.join('').slice(0, maxLength).toWellFormed())
}

/** A schema that holds itself, such as the tree of a search, is followed so far; then its first choice ends it. */
const deepest = 12

/** Values that a JSON schema of our document takes. */
export function valuesOf(document: Schema, schema: Schema, depth = 0): fc.Arbitrary<unknown> {
  if (schema.$ref) {
    const place = (schema.$ref as string).slice(2).split('/')
    return valuesOf(
      document,
      place.reduce((value, part) => value[part], document),
      depth + 1,
    )
  }
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  const choices = schema.anyOf ?? schema.oneOf
  if (choices && depth > deepest) return valuesOf(document, choices[0], depth + 1)
  if (choices) return fc.oneof(...choices.map((choice: Schema) => valuesOf(document, choice, depth + 1)))
  if (schema.type === 'object') return objectsOf(document, schema, depth)
  if (schema.type === 'array')
    return fc.array(valuesOf(document, schema.items, depth + 1), {
      minLength: schema.minItems ?? 0,
      maxLength: Math.min(schema.maxItems ?? 3, 3),
    })
  if (schema.type === 'integer')
    return fc.integer({ min: Math.max(schema.minimum ?? 0, -1000), max: Math.min(schema.maximum ?? 1000, 100_000) })
  if (schema.type === 'number') return fc.double({ min: schema.minimum ?? -1000, max: schema.maximum ?? 1000, noNaN: true })
  if (schema.type === 'boolean') return fc.boolean()
  return schema.type === 'string' ? textOf(schema) : fc.constant(null)
}

function objectsOf(document: Schema, schema: Schema, depth: number): fc.Arbitrary<Record<string, unknown>> {
  const members = Object.entries(schema.properties ?? {}).map(([name, inner]) => [name, valuesOf(document, inner, depth + 1)] as const)
  return fc.record(Object.fromEntries(members), { requiredKeys: schema.required ?? [] }) as fc.Arbitrary<Record<string, unknown>>
}

/** A body with one thing wrong, or at least odd: a member gone, doubled in kind, unknown, nasty or anything at all. */
export function spoiled(body: Record<string, unknown>): fc.Arbitrary<unknown> {
  const names = Object.keys(body)
  const name = names.length > 0 ? fc.constantFrom(...names) : fc.constant('name')
  const put = (value: fc.Arbitrary<unknown>) => fc.tuple(name, value).map(([key, given]) => ({ ...body, [key]: given }))
  const without = name.map((key) => Object.fromEntries(Object.entries(body).filter(([other]) => other !== key)))
  const unknown = fc
    .tuple(fc.constantFrom('colour', 'id', 'version', 'tenantId', '_', 'toString'), anything)
    .map(([key, given]) => ({ ...body, [key]: given }))
  return fc.oneof(
    put(anything),
    put(nasty),
    put(fc.array(nasty, { maxLength: 3 })),
    put(fc.constant(null)),
    put(fc.double()),
    without,
    unknown,
    anything,
  )
}
