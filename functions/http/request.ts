import { Problem } from '../../domain/kernel/errors.ts'
import { checkList, type Filter, type ListInput, ListLimit, type ListSpec } from '../../domain/kernel/paging.ts'
import { parseInput } from '../../domain/kernel/parse-input.ts'
import { quoted } from '../../domain/kernel/text.ts'
import type { Route } from './route.ts'

const largestBody = 1024 * 1024
const deepest = 32
const longestArray = 1000

const malformed = (code: string, detail: string) => new Problem('malformed', code, detail)

/** Refuses what is nested too deep, too long, or would reach an object's prototype. */
function checkShape(value: unknown, depth: number): void {
  if (typeof value !== 'object' || value === null) return
  if (depth > deepest) throw new Problem('invalid', 'body.too-deep', `The body is nested deeper than ${deepest} levels.`)
  if (Array.isArray(value) && value.length > longestArray)
    throw new Problem('invalid', 'body.array-too-long', `An array of the body has more than ${longestArray} entries.`)
  if (Object.hasOwn(value, '__proto__')) throw new Problem('invalid', 'input.invalid', 'There is no property __proto__.')
  for (const inner of Object.values(value)) checkShape(inner, depth + 1)
}

const bytesOf = (body: string, isBase64: boolean) => (isBase64 ? Buffer.from(body, 'base64') : Buffer.from(body))

/** The body's bytes, at most 1 MB (413). */
export function bodyBytes(body: string | undefined, isBase64: boolean): Buffer {
  const bytes = bytesOf(body ?? '', isBase64)
  if (bytes.length > largestBody) throw new Problem('too-large', 'body.too-large', 'The body is larger than 1 MB.')
  return bytes
}

/** The JSON body; 400 when it is not JSON or not UTF-8, 422 when its shape is out of bounds. */
export function jsonBody(bytes: Buffer): unknown {
  if (bytes.length === 0) throw malformed('body.missing', 'This request needs a JSON body.')
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw malformed('body.malformed', 'The body is not valid JSON in UTF-8.')
  }
  checkShape(value, 1)
  return value
}

/** Query parameters by name; the same one twice is refused, since no reading of it would be right. */
export function queryOf(rawQuery: string): Map<string, string> {
  const query = new Map<string, string>()
  for (const pair of rawQuery.split('&').filter(Boolean)) {
    const [name, value] = pair.split('=', 2).map((part) => decodeQuery(part)) as [string, string?]
    if (query.has(name)) throw malformed('query.duplicate', `The parameter ${quoted(name)} is there twice.`)
    query.set(name, pair.includes('=') ? decodeQuery(pair.slice(pair.indexOf('=') + 1)) : (value ?? ''))
  }
  return query
}

function decodeQuery(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    throw malformed('query.malformed', 'The query is not valid percent-encoding.')
  }
}

const filterName = /^filter\[([A-Za-z][A-Za-z0-9.]{0,59})\](?:\[([A-Za-z]{1,20})\])?$/

/** `filter[field][op]=value`; `filter[field]=value` means eq. */
function filterOf(query: Map<string, string>): Filter {
  const filter: Record<string, Record<string, string>> = {}
  for (const [name, value] of query) {
    if (!name.startsWith('filter')) continue
    const parts = filterName.exec(name)
    if (!parts) throw malformed('filter.malformed', `Write filters as filter[field][op]=value, not ${quoted(name)}.`)
    filter[parts[1]!] = { ...filter[parts[1]!], [parts[2] ?? 'eq']: value }
  }
  return filter
}

function listInput(spec: ListSpec, query: Map<string, string>): ListInput {
  const filter = filterOf(query)
  const sort = query.get('sort')
  checkList(spec, { sort, filter })
  const limit = ListLimit.safeParse(query.get('limit'))
  if (!limit.success) throw malformed('limit.invalid', 'limit is a whole number from 1 to 100.')
  return { limit: limit.data, cursor: query.get('cursor'), sort: sort ?? spec.defaultSort?.(filter) ?? spec.sorts[0]!, filter }
}

const listParameters = new Set(['limit', 'cursor', 'sort'])

/** The query part of a route's input; a parameter that the route does not know is 400, never ignored. */
export function queryInput(route: Route, query: Map<string, string>): object {
  const known = new Set(Object.keys(route.query?.shape ?? {}))
  for (const name of query.keys()) {
    const listed = route.list !== undefined && (listParameters.has(name) || name.startsWith('filter'))
    if (!known.has(name) && !listed && name !== 'debug') throw malformed('query.unknown', `There is no parameter ${quoted(name)} here.`)
  }
  const own = Object.fromEntries([...query].filter(([name]) => known.has(name)))
  return { ...(route.list ? listInput(route.list, query) : {}), ...(route.query ? queryValues(route, own) : {}) }
}

/** Bad query values are 400, as api.md says of malformed queries. */
function queryValues(route: Route, own: object): object {
  try {
    return parseInput(route.query!, own) as object
  } catch (error) {
    if (error instanceof Problem) throw new Problem('malformed', 'query.invalid', error.message, error.more)
    throw error
  }
}
