import { isDeepStrictEqual } from 'node:util'
import type { Context } from '../kernel/context.ts'
import { type EntityDefinition, type ItemKey, itemKey, type Stored } from './entity-definition.ts'
import { packRows, rowsField } from './rows.ts'
import type { Action } from './write.ts'

/** What of a record stands in an item of its own (EntityDefinition.detail). */
export interface Detail<T> {
  /** First part of the sort key of that item, beside the record's own. */
  name: string
  fields: readonly (keyof T & string)[]
}

/** Where the detail of a record stands; undefined for those that have none. */
export const detailKey = <T extends Stored>({ key, detail }: EntityDefinition<T>, id: string): ItemKey | undefined =>
  detail && { pk: key(id).pk, sk: [detail.name, id] }

const detailOf = <T extends Stored>({ detail }: EntityDefinition<T>, record: T) =>
  Object.fromEntries((detail?.fields ?? []).map((field) => [field, record[field]]).filter(([, value]) => value !== undefined))

/** Writes the detail where it changes; the version condition of the record holds for it too. */
export function detailActions<T extends Stored>(
  ctx: Context,
  definition: EntityDefinition<T>,
  before: T | undefined,
  after: T | undefined,
): Action[] {
  const key = detailKey(definition, (after ?? before)!.id)
  if (!key) return []
  if (!after) return [{ ...itemKey(ctx, key), delete: true }]
  const next = detailOf(definition, after)
  if (before && isDeepStrictEqual(detailOf(definition, before), next)) return []
  const { type, schemaVersion } = definition
  const rows = next[rowsField]
  const packed = Array.isArray(rows) ? { ...next, [rowsField]: packRows(rows) } : next
  return [{ ...itemKey(ctx, key), put: { Item: { entity: `${type}-detail`, schema: schemaVersion, ...packed } } }]
}
