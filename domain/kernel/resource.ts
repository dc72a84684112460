import { isDeepStrictEqual } from 'node:util'
import * as z from 'zod'
import { Instant } from './dates.ts'
import { type FieldError, invalid, Problem } from './errors.ts'
import { faultSentence } from './fault-sentence.ts'
import { ExternalId } from './text.ts'

type Fields = Record<string, z.ZodType>
type OptionalShape<F extends Fields, R extends keyof F> = { [K in R]: F[K] } & { [K in Exclude<keyof F, R>]: z.ZodOptional<F[K]> }
type NullishShape<F extends Fields, R extends keyof F> = { [K in R]: F[K] } & {
  [K in Exclude<keyof F, R>]: z.ZodOptional<z.ZodNullable<F[K]>>
}
type PatchShape<F extends Fields, R extends keyof F> = { [K in R]: z.ZodOptional<F[K]> } & {
  [K in Exclude<keyof F, R>]: z.ZodOptional<z.ZodNullable<F[K]>>
}
type ResourceShape<F extends Fields, R extends keyof F> = { [K in R]: F[K] } & {
  [K in Exclude<keyof F, R>]: F[K] extends z.ZodArray ? z.ZodDefault<F[K]> : z.ZodDefault<z.ZodNullable<F[K]>>
}

/** What every resource carries besides its own fields. */
const commonFields = {
  version: z.int().meta({ description: 'Counts every change; served as ETag.' }),
  createdAt: Instant,
  createdBy: z.string().meta({ description: 'Who created it: a user, an API key or `system`.' }),
  updatedAt: Instant,
}

/**
 * The fields as getters, which zod reads when a shape is first used: a cold start then builds only the shapes that its request
 * needs, a third of all schemas.
 */
const mapFields = <F extends Fields>(fields: F, map: (schema: z.ZodType, name: string) => z.ZodType): Fields => {
  const getters = Object.entries(fields).map(([name, schema]) => [name, { enumerable: true, get: () => map(schema, name) }])
  return Object.defineProperties({}, Object.fromEntries(getters))
}

/**
 * The shapes of a noun, made once from its fields:
 * `create` and `patch` are what callers send (closed; null removes an optional field), `resource` is what they get
 * (every field present, null when unset), `record` is what is stored (unset fields left out).
 */
export function shapesOf<F extends Fields, const R extends keyof F & string, C extends Fields>(
  name: string,
  id: z.ZodType<string>,
  fields: F,
  required: readonly R[],
  computed: C,
) {
  const isRequired = (field: string) => (required as readonly string[]).includes(field)
  const own = { ...fields, externalId: ExternalId.meta({ description: "The caller's own key, unique per tenant and type." }) }
  const create = mapFields(own, (schema, field) => (isRequired(field) ? schema : (schema as z.ZodType).nullish()))
  const patch = mapFields(own, (schema, field) => (isRequired(field) ? schema.optional() : schema.nullish()))
  const isOptional = (schema: z.ZodType, field: string) => (own as Fields)[field] === schema && !isRequired(field)
  const record = mapFields({ id, ...commonFields, ...own }, (schema, field) => (isOptional(schema, field) ? schema.optional() : schema))
  const resource = mapFields({ id, ...own, ...computed, ...commonFields }, (schema, field) => {
    if (!isOptional(schema, field)) return schema
    return schema instanceof z.ZodArray ? schema.default([]) : schema.nullable().default(null)
  })
  type Own = F & { externalId: typeof ExternalId }
  type Common = { id: z.ZodType<string> } & typeof commonFields
  return {
    create: z.strictObject(create as NullishShape<Own, R>).meta({ id: `Create${name}` }),
    patch: z.strictObject(patch as PatchShape<Own, R>).meta({ id: `Change${name}` }),
    record: z.object(record as Common & OptionalShape<Own, R>),
    resource: z.object(resource as Common & ResourceShape<Own, R> & C).meta({ id: name }),
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** A JSON pointer (RFC 6901) to a place in the input. */
export const pointerTo = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

/** True when a value is not there at all; whether a choice is, only an error that reports its input tells. */
function isMissing(issue: z.core.$ZodIssue): boolean {
  if (issue.code === 'invalid_type') return issue.input === undefined && issue.message.includes('undefined')
  if (issue.code === 'invalid_value') return 'input' in issue && issue.input === undefined
  if (issue.code !== 'invalid_union' || !issue.discriminator || !isObject(issue.input)) return false
  return issue.input[issue.discriminator] === undefined
}

/** Of the choices of a union the one that was meant, by what it lacks and what it does not know; undefined when none comes near. */
function nearestChoice(choices: z.core.$ZodIssue[][]): z.core.$ZodIssue[] | undefined {
  const strange = (issues: z.core.$ZodIssue[]) =>
    issues.reduce((sum, { code, path, ...issue }) => {
      if (code === 'unrecognized_keys') return sum + 3 * (issue as { keys: string[] }).keys.length
      // A value that breaks a rule of ours is of the right kind.
      if (code === 'custom') return sum
      return sum + (path.length === 0 ? 100 : path.length === 1 && code === 'invalid_type' ? 2 : 0)
    }, 0)
  const [nearest] = choices.map((issues) => ({ issues, strange: strange(issues) })).sort((a, b) => a.strange - b.strange)
  return nearest && nearest.strange < 100 ? nearest.issues : undefined
}

/** For a check of a schema whose fault has a code of its own, by which callers tell it from others: `.refine(isRight, rule(code, message))`. */
export const rule = (code: string, message: string) => ({ error: message, params: { code } })

const ownCode = (issue: z.core.$ZodIssue): string | undefined =>
  issue.code === 'custom' && typeof issue.params?.code === 'string' ? issue.params.code : undefined

/** Zod's issues as field errors; unknown properties are named one by one, and of a union what is wrong with the choice that was meant. */
export function fieldErrors(error: { issues: readonly z.core.$ZodIssue[] }, at: readonly PropertyKey[] = []): FieldError[] {
  return error.issues.flatMap((issue) => {
    const meant = issue.code === 'invalid_union' ? nearestChoice(issue.errors) : undefined
    if (meant) return fieldErrors({ issues: meant }, [...at, ...issue.path])
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({
        pointer: pointerTo([...at, ...issue.path, key]),
        code: 'unknown-property',
        message: 'There is no such property.',
      }))
    const missing = isMissing(issue)
    return [
      {
        pointer: pointerTo([...at, ...issue.path]),
        code: missing ? 'required' : (ownCode(issue) ?? issue.code.replaceAll('_', '-')),
        message: missing ? 'This is required.' : shortened(faultSentence(issue)),
      },
    ]
  })
}

const mostLetters = 500

/** A choice of a hundred names is cut: the documentation has them all. */
const shortened = (message: string) => (message.length > mostLetters ? `${message.slice(0, mostLetters)}…` : message)

interface Fixed {
  fields: ReadonlySet<string>
  code: string
  message: string
}

const fixedOf = new WeakMap<z.ZodType, Fixed>()

/** The shape of changes of a record, of which some fields are set on create for good: changing one is refused by a code of its own. */
export function withFixed<S extends z.ZodObject>(change: S, create: z.ZodObject, code: string, message: string): S {
  const fields = new Set(Object.keys(create.shape).filter((name) => !Object.hasOwn(change.shape, name)))
  fixedOf.set(change, { fields, code, message })
  return change
}

/** Faults of properties that there are, but not to be changed. */
function namingFixed(schema: z.ZodType, errors: FieldError[]): FieldError[] {
  const fixed = fixedOf.get(schema)
  if (!fixed) return errors
  const { code, message, fields } = fixed
  return errors.map((error) =>
    error.code === 'unknown-property' && fields.has(error.pointer.slice(1)) ? { ...error, code, message } : error,
  )
}

/** The parsed input, or 422 with every fault and its place: `input.invalid`, or the code of its own that the first fault has. */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input, { reportInput: true })
  if (parsed.success) return parsed.data
  const errors = namingFixed(schema, fieldErrors(parsed.error))
  const first = errors[0]
  const code = first?.code.includes('.') ? first.code : 'input.invalid'
  throw new Problem('invalid', code, first ? `${first.pointer || 'The body'}: ${first.message}` : 'The input is not valid.', {
    errors,
  })
}

/** An object without its null and undefined fields, as records are stored. */
export function compact<T extends object>(input: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null && value !== undefined)) as never
}

/** Two shapes of a union (prepaid, monthly) have no fields to merge: the new value takes the place of the old one. */
const isOtherKind = (before: Record<string, unknown>, after: Record<string, unknown>) => 'kind' in after && before.kind !== after.kind

function mergeObjects(target: Record<string, unknown>, changes: Record<string, unknown>): Record<string, unknown> {
  const merged = { ...target }
  for (const [key, value] of Object.entries(changes)) {
    const before = merged[key]
    if (value === undefined) continue
    if (value === null) delete merged[key]
    else if (!isObject(value)) merged[key] = value
    else merged[key] = mergeObjects(isObject(before) && !isOtherKind(before, value) ? before : {}, value)
  }
  return merged
}

/** JSON Merge Patch (RFC 7396) of a record; the result is checked against the record's schema (422). */
export function mergePatch<T extends object>(schema: z.ZodType, record: T, changes: object): T {
  const merged = mergeObjects(record as Record<string, unknown>, changes as Record<string, unknown>)
  parseInput(schema, merged)
  return merged as T
}

/** Maps come back from the table in any order of their names, so that order says nothing; that of a list does. */
const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b) || isDeepStrictEqual(a, b)

/** Names of the fields in which two states of a record differ, for the event of the change. */
export function changedFields(before: object, after: object): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  const value = (record: object, name: string) => (record as Record<string, unknown>)[name]
  return [...names].filter((name) => !['version', 'updatedAt'].includes(name) && !isSame(value(before, name), value(after, name))).sort()
}

/** Refuses ids twice in a list. */
export function requireDistinct(values: string[], pointer: string): void {
  if (new Set(values).size !== values.length) throw invalid('list.duplicate-entry', pointer, 'The same entry stands in the list twice.')
}
