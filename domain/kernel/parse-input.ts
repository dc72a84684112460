import type * as z from 'zod'
import { type FieldError, invalid, Problem } from './errors.ts'
import { faultSentence } from './fault-sentence.ts'

/** A JSON object: no list, and not null. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

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

/** Refuses ids twice in a list. */
export function requireDistinct(values: string[], pointer: string): void {
  if (new Set(values).size !== values.length) throw invalid('list.duplicate-entry', pointer, 'The same entry stands in the list twice.')
}
