import type { SearchField } from '../../kernel/search-fields.ts'
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
