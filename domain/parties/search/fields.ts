import { codeAt, textAt } from '../../kernel/packed.ts'
import type { Catalogue, FieldKind, SearchField } from '../../kernel/search-fields.ts'
import type { Seen } from '../../kernel/search-judge.ts'

/** Whose cards these are: an owner's or a pool's. `masked`: the caller sees of them only what the pool shows. */
export interface Place {
  ownerId?: string | undefined
  poolId?: string | undefined
  masked?: boolean
}

/** A card taken apart. */
export interface CardRow {
  id: string
  parts: readonly string[]
  place: Place
}

/** A field of a noun: what it holds, in the record and on the card. */
export interface SearchedField<T> extends SearchField {
  of(record: T): unknown
  card?(row: CardRow): Seen
  /** One value that can be put in order without reading the record. */
  sorts?: true
}

export type NounFields<T> = Record<string, SearchedField<T>>

/** A text that stands on the card, at a place among its parts. */
export const textField = <T>(part: number, of: SearchedField<T>['of']): SearchedField<T> => ({
  kind: 'text',
  of,
  card: ({ parts }) => textAt(parts, part),
  sorts: true,
})

/** An option or a flag that stands on the card as one character, in the order of the fields that do. */
export function codeField<T, const F extends Catalogue>(coded: F, name: keyof F & string, of: SearchedField<T>['of']): SearchedField<T> {
  const place = Object.keys(coded).indexOf(name)
  const field = coded[name]!
  return { ...field, of, card: ({ parts }) => codeAt(field, parts, place), sorts: true }
}

/** What is not on the card, and so takes reading the whole record. */
export const offCard = <T>(kind: FieldKind, of: SearchedField<T>['of']): SearchedField<T> => ({ kind, of })
