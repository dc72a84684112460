/**
 * Capacity units computed from items, by DynamoDB's published rules: a write costs one unit per 1 KB of the larger of the old
 * and the new item and as much for each index entry it touches, a read half a unit per 4 KB, a consistent one a whole. In a
 * transaction the table's part costs double. `test/store/units.test.ts` holds this against what DynamoDB says it consumed.
 */
import type { Item } from '../../domain/store/item.ts'
import { itemBytes } from '../../domain/store/item-bytes.ts'

/** The name of an index's two key attributes. */
interface IndexKey {
  pk: string
  sk: string
}

const indexKeys: IndexKey[] = [
  { pk: 'gsi1pk', sk: 'gsi1sk' },
  { pk: 'gsi2pk', sk: 'gsi2sk' },
]

/** Units of reading so many bytes by one get, or by one query over all its items together; nothing found costs the least. */
export function readUnits(bytes: number, consistent = false): number {
  return Math.max(1, Math.ceil(bytes / 4096)) * (consistent ? 1 : 0.5)
}

/** Units of one put, update or delete: the item as it was and as it will be, each undefined where there is none. */
export function writeUnits(before: Item | undefined, after: Item | undefined, transactional = false): number {
  const table = perKilobyte(Math.max(bytesOf(before), bytesOf(after))) * (transactional ? 2 : 1)
  return indexKeys.reduce((sum, index) => sum + indexUnits(entryOf(index, before), entryOf(index, after), index), table)
}

/** The index holds a copy of every item that has both key attributes (projection ALL). */
const entryOf = (index: IndexKey, item: Item | undefined): Item | undefined =>
  item?.[index.pk] !== undefined && item[index.sk] !== undefined ? item : undefined

/** Nothing when the entry stays as it is, one write when it changes in place, two when it moves. */
function indexUnits(before: Item | undefined, after: Item | undefined, index: IndexKey): number {
  if (!before && !after) return 0
  if (before && after && JSON.stringify(sorted(before)) === JSON.stringify(sorted(after))) return 0
  const moves = before && after && (before[index.pk] !== after[index.pk] || before[index.sk] !== after[index.sk])
  return moves ? perKilobyte(bytesOf(before)) + perKilobyte(bytesOf(after)) : perKilobyte(Math.max(bytesOf(before), bytesOf(after)))
}

const sorted = (item: Item) => Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1))
const bytesOf = (item: Item | undefined) => (item ? itemBytes(item) : 0)
const perKilobyte = (bytes: number) => Math.max(1, Math.ceil(bytes / 1024))
