import type { Context } from '../kernel/context.ts'
import { invalid, StaleWrite } from '../kernel/errors.ts'
import type { CountLimit } from './count.ts'
import { detailActions } from './detail.ts'
import { type EntityDefinition, itemKey, type Stored } from './entity-definition.ts'
import { joinParts, tenantKey } from './keys.ts'
import { rowsField, unpackRows } from './rows.ts'
import { countActions, sideActions } from './side-items.ts'
import type { Write } from './write.ts'

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
  const rows = record[rowsField]
  if (definition.detail && typeof rows === 'string') record[rowsField] = unpackRows(rows)
  const from = item.schema as number
  return (from < definition.schemaVersion && definition.upgrade ? definition.upgrade(record, from) : record) as T
}

const unchanged = (version: number) => ({
  condition: 'version = :version',
  values: { ':version': version },
  onFail: () => new StaleWrite(),
})

/** Of that type still (one that was merged away is not), with the field as it is. */
const standing = (type: string, field: string, value: unknown) => ({
  condition: `#entity = :entity AND ${value === undefined ? 'attribute_not_exists(#field)' : '#field = :value'}`,
  names: { '#entity': 'entity', '#field': field },
  values: { ':entity': type, ...(value === undefined ? {} : { ':value': value }) },
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
    /** A record that must still be there with this field as it was read; whatever else of it changes meanwhile is no matter. */
    keepField(read: T, field: keyof T & string): Write<T> {
      return {
        result: read,
        actions: (ctx) => [{ ...itemKey(ctx, definition.key(read.id)), check: true, ...standing(definition.type, field, read[field]) }],
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
