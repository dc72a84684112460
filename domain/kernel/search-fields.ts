import type { Operator } from './paging.ts'

/** What a field holds, by which its operators follow. */
export type FieldKind = 'text' | 'texts' | 'phones' | 'id' | 'ids' | 'option' | 'flag' | 'date' | 'instant' | 'number'

/** One field that can be searched by. */
export interface SearchField {
  kind: FieldKind
  /** The choices of an option, in the order in which they sort. */
  options?: readonly string[]
  /** What of an id is compared, where a record holds a part of it. */
  compared?(id: string): string
}

export type Catalogue = Record<string, SearchField>

/** A value as comparisons take it: text folded, options by their place, dates as day numbers, instants as milliseconds. */
export type Comparable = string | number | boolean
export type Held = Comparable | readonly Comparable[] | undefined

const ordered = ['eq', 'ne', 'in', 'lt', 'lte', 'gt', 'gte', 'between', 'isNull'] as const
const listed = ['contains', 'in', 'prefix', 'isNull'] as const

export const operatorsOf: Record<FieldKind, readonly Operator[]> = {
  text: ['eq', 'ne', 'in', 'prefix', 'contains', 'isNull'],
  texts: listed,
  phones: listed,
  id: ['eq', 'ne', 'in', 'isNull'],
  ids: ['contains', 'in', 'isNull'],
  option: ['eq', 'ne', 'in', 'isNull'],
  flag: ['eq', 'ne', 'isNull'],
  date: ordered,
  instant: ordered,
  number: ordered,
}

/** Text is compared without case and width. */
export const folded = (text: string): string => text.normalize('NFKC').toLowerCase()

const dayMilliseconds = 86_400_000
/** Telephone numbers are compared by their digits. */
export const digitsOf = (text: string): string => text.normalize('NFKC').replace(/\D/g, '')

/** A stored value as comparisons take it. */
export function comparable(field: SearchField, value: unknown): Held {
  if (value === undefined || value === null) return undefined
  if (Array.isArray(value)) return value.length > 0 ? value.map((one) => comparable(field, one) as Comparable) : undefined
  if (field.kind === 'option') return field.options!.includes(String(value)) ? field.options!.indexOf(String(value)) : undefined
  if (field.kind === 'text' || field.kind === 'texts') return folded(String(value))
  if (field.kind === 'phones') return digitsOf(String(value))
  if (field.kind === 'date') return Date.parse(String(value)) / dayMilliseconds
  if (field.kind === 'instant') return typeof value === 'number' ? value : Date.parse(String(value))
  return field.kind === 'number' ? Number(value) : (value as Comparable)
}
