/**
 * Capacity units computed from items, by DynamoDB's published rules: a write costs one unit per 1 KB of the larger of the old
 * and the new item and as much for each index entry it touches, a read half a unit per 4 KB, a consistent one a whole. In a
 * transaction the table's part costs double. `test/store/units.test.ts` holds this against what DynamoDB says it consumed.
 */
import type { Item } from './item.ts'

/** The name of an index's two key attributes. */
export interface IndexKey {
  pk: string
  sk: string
}

const indexKeys: IndexKey[] = [
  { pk: 'gsi1pk', sk: 'gsi1sk' },
  { pk: 'gsi2pk', sk: 'gsi2sk' },
]

/** Bytes of a whole item: names and values. */
export function itemBytes(item: Item): number {
  return Object.entries(item).reduce(
    (sum, [name, value]) => (value === undefined ? sum : sum + Buffer.byteLength(name) + valueBytes(value)),
    0,
  )
}

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

function valueBytes(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value)
  if (typeof value === 'number' || typeof value === 'bigint') return numberBytes(String(value))
  if (value === null || typeof value === 'boolean') return 1
  if (value instanceof Uint8Array) return value.length
  if (value instanceof Set) return [...value].reduce<number>((sum, member) => sum + valueBytes(member), 0)
  // Lists and maps cost 3 bytes and one more for each entry.
  if (Array.isArray(value)) return value.reduce<number>((sum, entry) => sum + 1 + valueBytes(entry), 3)
  const entries = Object.entries(value as Item).filter(([, entry]) => entry !== undefined)
  return entries.reduce((sum, [name, entry]) => sum + 1 + Buffer.byteLength(name) + valueBytes(entry), 3)
}

/** One byte, one per pair of significant digits (pairs stand around the decimal point), one more below zero. */
function numberBytes(text: string): number {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e')
  const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.')
  const digits = `${whole}${fraction}`
  const point = whole.length + Number(exponent)
  const lead = (((point % 2) + 2) % 2 === 1 ? '0' : '') + digits
  const pairs = (lead.length % 2 === 1 ? `${lead}0` : lead).match(/../g) ?? []
  const first = pairs.findIndex((pair) => pair !== '00')
  if (first < 0) return 1
  const last = pairs.findLastIndex((pair) => pair !== '00')
  return 1 + (last - first + 1) + (text.startsWith('-') ? 1 : 0)
}
