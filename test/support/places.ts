import * as fc from 'fast-check'
import { valuesOf } from './arbitrary.ts'

// biome-ignore lint/suspicious/noExplicitAny: JSON schemas are read member by member
type Schema = any

/** A place in bodies that a schema takes. */
export interface Place {
  /** As problem documents name it, e.g. `/lines/0/productId`. */
  pointer: string
  schema: Schema
  /** A body that is like the given one, with the value at this place; what it takes to stand there is filled in. */
  put(body: unknown, value: unknown): unknown
}

interface Step {
  key: string | number
  /** The object or list that has the key. */
  within: Schema
}

/** Deep enough for every body but the trees of searches, which hold themselves. */
const deepest = 8

const resolved = (document: Schema, schema: Schema): Schema =>
  schema?.$ref
    ? resolved(
        document,
        schema.$ref
          .slice(2)
          .split('/')
          .reduce((value: Schema, part: string) => value[part], document),
      )
    : schema

/** True for a value that may be the object or list of the schema: its constants are those, and its kind. */
function mayBe(within: Schema, value: unknown): boolean {
  if (within.type === 'array') return Array.isArray(value)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  return Object.entries(within.properties ?? {}).every(
    ([name, member]: [string, Schema]) => member.const === undefined || (value as Record<string, unknown>)[name] === member.const,
  )
}

/** Values that patterns and formats alone do not tell to be right, by the names of their fields. */
const plain: Record<string, unknown> = { currency: 'CNY', amount: '1.00', quantity: '1', phone: '+86 512 6250 0101', country: 'CN' }

/** An object or list with no more than what it must have. */
function leastOf(document: Schema, given: Schema, name = ''): unknown {
  const schema = resolved(document, given)
  if (schema.type === 'string' && Object.hasOwn(plain, name)) return plain[name]
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return leastOf(document, choices[0], name)
  if (schema.type === 'array') return (schema.minItems ?? 0) > 0 ? [leastOf(document, schema.items, name)] : []
  if (schema.type !== 'object') return fc.sample(valuesOf(document, schema), { numRuns: 1, seed: 7 })[0]
  return Object.fromEntries(
    ((schema.required ?? []) as string[]).map((key) => [key, leastOf(document, schema.properties[key], key)] as const),
  )
}

function filledIn(document: Schema, steps: readonly Step[], given: unknown, value: unknown): unknown {
  const [step, ...rest] = steps
  if (!step) return value
  const { key, within } = step
  const base = (mayBe(within, given) ? given : leastOf(document, within)) as Record<string | number, unknown>
  const copy = (Array.isArray(base) ? [...base] : { ...base }) as Record<string | number, unknown>
  copy[key] = filledIn(document, rest, copy[key], value)
  return copy
}

/** Every place in the bodies of a schema at which a text may stand that `wanted` asks for; of a list its first entry. */
export function placesOf(document: Schema, schema: Schema, wanted: (schema: Schema, name: string) => boolean): Place[] {
  const found: Place[] = []
  const walk = (given: Schema, steps: Step[], name: string) => {
    const at = resolved(document, given)
    if (!at || steps.length > deepest) return
    for (const choice of at.anyOf ?? at.oneOf ?? []) walk(choice, steps, name)
    if (at.type === 'string' && wanted(at, name))
      found.push({
        pointer: steps.map(({ key }) => `/${key}`).join(''),
        schema: at,
        put: (body, value) => filledIn(document, steps, body, value),
      })
    if (at.type === 'array') walk(at.items, [...steps, { key: 0, within: at }], name)
    for (const [key, member] of Object.entries(at.properties ?? {})) walk(member, [...steps, { key, within: at }], key)
  }
  walk(schema, [], '')
  return [...new Map(found.map((place) => [place.pointer, place])).values()]
}
