import type * as z from 'zod'

type Issue = z.core.$ZodIssue

const typeNames: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
}

const nameOf = (type: string): string => typeNames[type] ?? type

const counted = (count: number | bigint, one: string, many: string) => `${count} ${Number(count) === 1 ? one : many}`

/** Of what there may be so many: characters, entries; nothing where the value itself is meant. */
function amount(origin: string, count: number | bigint): string | undefined {
  if (origin === 'string') return counted(count, 'character', 'characters')
  if (origin === 'array' || origin === 'set') return counted(count, 'entry', 'entries')
  return origin === 'object' || origin === 'map' ? counted(count, 'property', 'properties') : undefined
}

function limitSentence(issue: Issue & { code: 'too_small' | 'too_big' }): string {
  const isLeast = issue.code === 'too_small'
  const limit = isLeast ? issue.minimum : issue.maximum
  const of = amount(issue.origin, limit)
  if (of && isLeast && Number(limit) === 1) return 'must not be empty'
  if (of) return `must have at ${isLeast ? 'least' : 'most'} ${of}`
  if (issue.inclusive === false) return `must be ${isLeast ? 'more' : 'less'} than ${limit}`
  return `must be at ${isLeast ? 'least' : 'most'} ${limit}`
}

const listed = (names: readonly string[], last: string): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')}${last}${names.at(-1)}`

const received = (message: string): string | undefined => /received (\w+)$/.exec(message)?.[1]

function typeSentence(expected: string, message: string): string {
  const found = expected === 'int' ? undefined : received(message)
  return `must be ${nameOf(expected)}${found ? `, not ${nameOf(found)}` : ''}`
}

/** The types of the choices, where it is these in which they differ. */
function unionSentence(choices: readonly Issue[][]): string {
  const types = choices
    .flat()
    .flatMap((issue) => (issue.code === 'invalid_type' && issue.path.length === 0 ? [nameOf(issue.expected)] : []))
  return types.length > 0 ? `must be ${listed([...new Set(types)], ' or ')}` : 'has none of the forms that are taken here'
}

/** Messages of our schemas say themselves what to do; these are zod's own. */
const ofZod = /^(?:Too (?:small|big)|Invalid (?:input|option))/

/** What a value has to be, as a sentence that goes on behind the name of its field. */
export function faultSentence(issue: Issue): string {
  if (!ofZod.test(issue.message)) return issue.message
  if (issue.code === 'too_small' || issue.code === 'too_big') return limitSentence(issue)
  if (issue.code === 'invalid_type') return typeSentence(issue.expected, issue.message)
  if (issue.code === 'invalid_value') return `must be ${issue.values.length > 1 ? 'one of: ' : ''}${issue.values.map(String).join(', ')}`
  return issue.code === 'invalid_union' ? unionSentence(issue.errors) : issue.message
}
