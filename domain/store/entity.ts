import type { Context } from '../kernel/context.ts'
import { invalid, Problem, StaleWrite } from '../kernel/errors.ts'
import { cardAttribute } from './card.ts'
import { type Count, type CountLimit, countAction } from './count.ts'
import { type Detail, detailActions } from './detail.ts'
import type { Entry } from './entry.ts'
import { guardKey } from './guard.ts'
import { joinParts, type KeyParts, tenantKey } from './keys.ts'
import type { Action, Write } from './write.ts'

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

/** The attributes by which the indexes find a record. */
export function indexKeysOf<T extends Stored>(ctx: Context, definition: EntityDefinition<T>, record: T): Record<string, string> {
  const keys: Record<string, string> = {}
  for (const index of ['gsi1', 'gsi2'] as const) {
    const key = definition[index]?.(record)
    if (key) Object.assign(keys, { [`${index}pk`]: tenantKey(ctx, key.pk), [`${index}sk`]: joinParts(key.sk) })
  }
  return keys
}

function itemOf<T extends Stored>(ctx: Context, definition: EntityDefinition<T>, record: T): Record<string, unknown> {
  const item: Record<string, unknown> = {
    ...itemKey(ctx, definition.key(record.id)),
    entity: definition.type,
    schema: definition.schemaVersion,
  }
  Object.assign(item, indexKeysOf(ctx, definition, record), record)
  for (const field of definition.detail?.fields ?? []) delete item[field]
  return item
}

const tableAttributes = new Set(['pk', 'sk', 'entity', 'schema', 'gsi1pk', 'gsi1sk', 'gsi2pk', 'gsi2sk'])

/** The record without the table's own attributes, upgraded to today's schema. */
export function recordOf<T extends Stored>(definition: EntityDefinition<T>, item: Record<string, unknown>): T {
  // A loop: taking attributes out by `{ pk, ...record }` costs several times as much, and lists do this for every row.
  const record: Record<string, unknown> = {}
  for (const name of Object.keys(item)) if (!tableAttributes.has(name)) record[name] = item[name]
  const from = item.schema as number
  return (from < definition.schemaVersion && definition.upgrade ? definition.upgrade(record, from) : record) as unknown as T
}

const guardAction = (ctx: Context, guard: Guard, id: string): Action => ({
  ...itemKey(ctx, guardKey(guard.name, guard.value)),
  put: { Item: { entity: 'guard', ref: id } },
  condition: 'attribute_not_exists(pk)',
  onFail: (item) => guard.taken(String(item?.ref ?? '')),
})

const guardRelease = (ctx: Context, guard: Guard, id: string): Action => ({
  ...itemKey(ctx, guardKey(guard.name, guard.value)),
  delete: true,
  condition: 'attribute_not_exists(pk) OR #ref = :ref',
  names: { '#ref': 'ref' },
  values: { ':ref': id },
  onFail: () => new StaleWrite(),
})

/** Key of a due entry: what falls due for an owner (a user, or a role such as finance) is a range of one partition. */
export const dueKey = (entry: Pick<DueEntry, 'owner' | 'on' | 'kind' | 'id'>): ItemKey => ({
  pk: ['DUE', entry.owner],
  sk: [entry.on, entry.kind, entry.id],
})

/** The side items of a record: guards, due entries, pointers, cards and entries, by their key. */
function sideItems<T extends Stored>(ctx: Context, definition: EntityDefinition<T>, record: T | undefined) {
  const side = new Map<string, { place: Action; lift: Action; body: string }>()
  if (!record) return side
  const add = (place: Action, lift: Action) =>
    side.set(`${place.pk}\n${place.sk}`, { place, lift, body: JSON.stringify(place.put ?? place.entry) })
  for (const guard of definition.guards?.(record) ?? []) add(guardAction(ctx, guard, record.id), guardRelease(ctx, guard, record.id))
  for (const entry of definition.due?.(record) ?? []) {
    const key = itemKey(ctx, dueKey(entry))
    const { owner: _owner, data, ...rest } = entry
    add({ ...key, put: { Item: { entity: 'due', ...rest, ...data } } }, { ...key, delete: true })
  }
  for (const pointer of definition.pointers?.(record) ?? []) {
    const key = itemKey(ctx, pointer.key)
    const gsi2 = pointer.gsi2 ? { gsi2pk: tenantKey(ctx, pointer.gsi2.pk), gsi2sk: joinParts(pointer.gsi2.sk) } : {}
    add({ ...key, put: { Item: { entity: 'pointer', ref: record.id, ...gsi2 } } }, { ...key, delete: true })
  }
  for (const card of definition.cards?.(record) ?? []) {
    const key = itemKey(ctx, card.key)
    add({ ...key, put: { Item: { [cardAttribute]: card.text } } }, { ...key, delete: true })
  }
  for (const { key, attribute, text } of definition.entries?.(record) ?? []) {
    const place = itemKey(ctx, key)
    add({ ...place, entry: { set: { [attribute]: text }, remove: [] } }, { ...place, entry: { set: {}, remove: [attribute] } })
  }
  return side
}

/** Only what differs between the two states is written: a changed date moves one due entry, a kept tax number costs nothing. */
function sideActions<T extends Stored>(
  ctx: Context,
  definition: EntityDefinition<T>,
  before: T | undefined,
  after: T | undefined,
): Action[] {
  const old = sideItems(ctx, definition, before)
  const next = sideItems(ctx, definition, after)
  const actions: Action[] = []
  for (const [key, item] of next) if (old.get(key)?.body !== item.body) actions.push(item.place)
  for (const [key, item] of old) if (!next.has(key)) actions.push(item.lift)
  return actions
}

/** Counts that the change moves; `limit` holds for those that grow. */
function countActions<T extends Stored>(
  ctx: Context,
  definition: EntityDefinition<T>,
  before: T | undefined,
  after: T | undefined,
  limit?: CountLimit,
): Action[] {
  const counts = (record: T | undefined) =>
    new Map((record && definition.counts ? definition.counts(record) : []).map((count) => [`${count.name}\n${count.of}`, count]))
  const [old, next] = [counts(before), counts(after)]
  const left = [...old].filter(([key]) => !next.has(key)).map(([, count]) => countAction(ctx, count, -1))
  const joined = [...next].filter(([key]) => !old.has(key)).map(([, count]) => countAction(ctx, count, 1, limit))
  return [...left, ...joined]
}

const unchanged = (version: number) => ({
  condition: 'version = :version',
  values: { ':version': version },
  onFail: () => new StaleWrite(),
})

/** Defines an entity once; answers its writes as parts of a commit. Reads are in read.ts. */
export function defineEntity<T extends Stored>(definition: EntityDefinition<T>) {
  return {
    ...definition,
    /** A record that must not exist yet. Answers it with version 1. `limit` is for counts that it joins. */
    create(record: T, limit?: CountLimit): Write<T> {
      return {
        result: record,
        actions: (ctx) => [
          {
            ...itemKey(ctx, definition.key(record.id)),
            put: { Item: itemOf(ctx, definition, record) },
            condition: 'attribute_not_exists(pk)',
            onFail: () => new StaleWrite(),
          },
          ...detailActions(ctx, definition, undefined, record),
          ...sideActions(ctx, definition, undefined, record),
          ...countActions(ctx, definition, undefined, record, limit),
        ],
      }
    },
    /** The record as it was read and as it shall be; stale when someone else was faster. `limit` is for counts that it joins. */
    replace(ctx: Context, before: T, after: T, limit?: CountLimit): Write<T> {
      if (before.id !== after.id) throw invalid(`${definition.type}.id`, '/id', 'An id never changes.')
      const result = { ...after, version: before.version + 1, updatedAt: ctx.now() }
      return {
        result,
        actions: () => [
          { ...itemKey(ctx, definition.key(result.id)), put: { Item: itemOf(ctx, definition, result) }, ...unchanged(before.version) },
          ...detailActions(ctx, definition, before, result),
          ...sideActions(ctx, definition, before, result),
          ...countActions(ctx, definition, before, result, limit),
        ],
      }
    },
    /** A record that must still be as it was read when the commit is written, since what is written rests on it. */
    keep(read: T): Write<T> {
      return {
        result: read,
        actions: (ctx) => [{ ...itemKey(ctx, definition.key(read.id)), check: true, ...unchanged(read.version) }],
      }
    },
    /** Deletes the record with its guards, due entries, pointers and cards; what counted it goes down. */
    remove(before: T): Write<T> {
      return {
        result: before,
        actions: (ctx) => [
          { ...itemKey(ctx, definition.key(before.id)), delete: true, ...unchanged(before.version) },
          ...detailActions(ctx, definition, before, undefined),
          ...sideActions(ctx, definition, before, undefined),
          ...countActions(ctx, definition, before, undefined),
        ],
      }
    },
  }
}

export type Entity<T extends Stored> = EntityDefinition<T> & ReturnType<typeof defineEntity<T>>

/** What a new record starts with. */
export function newRecord(ctx: Context, prefix: string, within?: string): Stored {
  const now = ctx.now()
  return { id: ctx.newId(prefix, within), version: 1, createdAt: now, createdBy: ctx.actor.id, updatedAt: now }
}

/** `*`, a tag as we answer it, another's or a weak one, which fit nothing, and a version whose quotes were forgotten. */
const entityTag = /^(\*|(W\/)?"[\x21\x23-\x7e\x80-\xff]*"|\d{1,15})$/

/** 412 with the current value when the caller's If-Match is not the present version. */
export function requireVersion(record: Stored, ifMatch: string | undefined): void {
  if (ifMatch === undefined) return
  const tags = ifMatch.split(',').map((tag) => tag.trim())
  if (!tags.every((tag) => entityTag.test(tag)))
    throw new Problem(
      'malformed',
      'if-match.malformed',
      `If-Match takes the ETag of the record as it was answered, such as "${record.version}", or *.`,
    )
  if (tags.some((tag) => tag === '*' || tag === `"${record.version}"` || tag === String(record.version))) return
  throw new Problem(
    'version-mismatch',
    'version.mismatch',
    `The record is at version ${record.version} by now. Read it again and repeat your change.`,
    {
      extra: { current: record },
    },
  )
}
