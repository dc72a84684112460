import type { Context } from '../kernel/context.ts'
import type { Problem } from '../kernel/errors.ts'
import type { Count } from './count.ts'
import type { Detail } from './detail.ts'
import type { Entry } from './entry.ts'
import { joinParts, type KeyParts, tenantKey } from './keys.ts'

/** What every stored record has. `version` counts every change; it is served as ETag. */
export interface Stored {
  id: string
  version: number
  createdAt: string
  createdBy: string
  updatedAt: string
}

export interface ItemKey {
  pk: KeyParts
  sk: KeyParts
}

/** A value that only one record of the tenant may have. */
export interface Guard {
  name: string
  value: string
  /** The 409 for a second one; gets the id of the record that holds the value. */
  taken(id: string): Problem
}

/** Something that falls due on a day for an owner (architecture: due entries). */
export interface DueEntry {
  owner: string
  on: string
  kind: string
  id: string
  data: Record<string, unknown>
}

/** A second item that points to the record, e.g. in the list of a team member. */
export interface Pointer {
  key: ItemKey
  gsi2?: ItemKey
}

/** A compact projection of the record for free search, as one string; rewritten only when that changes (card.ts). */
export interface Card {
  key: ItemKey
  text: string
}

export interface EntityDefinition<T extends Stored> {
  /** Entity type as stored, e.g. `follow-up`; also the noun of its errors. */
  type: string
  prefix: string
  schemaVersion: number
  /** The key, found from the id alone. */
  key(id: string): ItemKey
  /**
   * Fields that stand in an item of their own, since lists do not show them and most changes leave them alone: the lines of a
   * document. The record's own item, its index entries and what changes them stay small.
   */
  detail?: Detail<T>
  gsi1?(record: T): ItemKey | undefined
  gsi2?(record: T): ItemKey | undefined
  guards?(record: T): Guard[]
  due?(record: T): DueEntry[]
  pointers?(record: T): Pointer[]
  cards?(record: T): Card[]
  /** Where the record is found together with others (entry.ts). */
  entries?(record: T): Entry[]
  /** Numbers that the record adds one to, wherever it is created, changed or deleted. */
  counts?(record: T): Count[]
  /** Brings an item of an older schema version up to date. */
  upgrade?(item: Record<string, unknown>, from: number): Record<string, unknown>
}

/** A key as it stands in the table. */
export const itemKey = (ctx: Context, key: ItemKey) => ({ pk: tenantKey(ctx, key.pk), sk: joinParts(key.sk) })

/** Key of a due entry: what falls due for an owner (a user, or a role such as finance) is a range of one partition. */
export const dueKey = (entry: Pick<DueEntry, 'owner' | 'on' | 'kind' | 'id'>): ItemKey => ({
  pk: ['DUE', entry.owner],
  sk: [entry.on, entry.kind, entry.id],
})
