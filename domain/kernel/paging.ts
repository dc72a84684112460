import * as z from 'zod'
import type { Context } from './context.ts'
import { Problem } from './errors.ts'
import { seal, unseal } from './signing.ts'

/** Comparison operators of list filters and searches (api.md). */
export const operators = ['eq', 'ne', 'in', 'lt', 'lte', 'gt', 'gte', 'between', 'prefix', 'contains', 'isNull'] as const
export type Operator = (typeof operators)[number]

/** Filters as they were sent: field -> operator -> value. */
export type Filter = Record<string, Partial<Record<Operator, string>>>

/** What a list serves from an index; anything else is refused by name. The first sort is the default, unless the filter decides. */
export interface ListSpec {
  filters: Record<string, readonly Operator[]>
  sorts: readonly string[]
  defaultSort?(filter: Filter): string
  /** The address of the search that takes any field. */
  search?: string
}

/** A checked request for one page. */
export interface ListInput {
  limit: number
  cursor?: string | undefined
  sort: string
  filter: Filter
}

export interface Page<T> {
  data: T[]
  page: { next: string | null }
}

/** A limit as a query writes it: digits, and nothing that a number could also be written as. */
export const ListLimit = z
  .string()
  .regex(/^\d{1,3}$/)
  .transform(Number)
  .pipe(z.int().min(1).max(100))
  .default(25)

/** What a filter takes: each of its values is a read of its own. */
export const longestFilter = 4000
export const mostValues = 100

/** Fails with 400 when the list cannot serve the filter or sort, naming what it can. */
export function checkList(spec: ListSpec, input: { sort?: string | undefined; filter: Filter }): void {
  for (const [field, byOperator] of Object.entries(input.filter))
    for (const [operator, value] of Object.entries(byOperator)) checkFilter(spec, field, operator, value)
  if (input.sort !== undefined && !spec.sorts.includes(input.sort))
    throw new Problem(
      'malformed',
      'sort.unsupported',
      `This list cannot sort by ${input.sort}. It serves: ${spec.sorts.join(', ')}.${alternative(spec)}`,
    )
}

function checkFilter(spec: ListSpec, field: string, operator: string, value: string): void {
  if (!Object.hasOwn(spec.filters, field) || !spec.filters[field]?.includes(operator as Operator))
    throw new Problem(
      'malformed',
      'filter.unsupported',
      `This list cannot filter by ${field} ${operator}. It serves: ${describeFilters(spec)}.${alternative(spec)}`,
    )
  if (value.length > longestFilter || (operator === 'in' && value.split(',').length > mostValues))
    throw new Problem('malformed', 'filter.too-long', `A filter takes at most ${mostValues} values and ${longestFilter} characters.`)
}

const alternative = ({ search }: { search?: string | undefined }): string =>
  search ? ` POST ${search} takes any field, in any order.` : ''

/** 400 when filters come together that no index serves together; `served` names the fields of each way to read the list, `search` what takes any. */
export function requireServed(filter: Filter, served: readonly (readonly string[])[], search?: string): void {
  const asked = Object.keys(filter)
  if (served.some((fields) => asked.every((field) => fields.includes(field)))) return
  const ways = served.map((fields) => fields.join(' with ')).join('; ')
  throw new Problem(
    'malformed',
    'filter.unsupported',
    `No index serves ${asked.join(' with ')}. It serves: ${ways}.${alternative({ search })}`,
  )
}

/** The supported filters in words, e.g. `ownerId (eq, in), createdAt (gte, lt)`. */
function describeFilters(spec: ListSpec): string {
  const all = Object.entries(spec.filters).map(([field, list]) => `${field} (${list.join(', ')})`)
  return all.length > 0 ? all.join(', ') : 'no filters'
}

/** What a cursor is bound to: used with any other tenant, operation, filter or sort it is refused. */
export function binding(ctx: Context, operation: string, input: Pick<ListInput, 'filter' | 'sort'>): string {
  return JSON.stringify([ctx.tenant.id, operation, input.sort, sorted(input.filter)])
}

function sorted(filter: Filter): unknown {
  return Object.keys(filter)
    .sort()
    .map((field) => [field, Object.entries(filter[field]!).sort(([a], [b]) => (a < b ? -1 : 1))])
}

/** The opaque cursor that continues a list behind `position`. */
export function cursorAt(ctx: Context, bound: string, position: string): string {
  return seal(ctx.tenant.signingKey, `cursor ${bound}`, position)
}

/** The position of a cursor of the same list; 400 `cursor.invalid` for any other. */
export function positionOf(ctx: Context, bound: string, cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined
  const position = unseal(ctx.tenant.signingKey, `cursor ${bound}`, cursor)
  if (typeof position !== 'string')
    throw new Problem('malformed', 'cursor.invalid', 'The cursor was changed or belongs to another list. Start again without it.')
  return position
}
