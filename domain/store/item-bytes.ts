/** How large DynamoDB counts an item, by its published rules; `test/store/units.test.ts` holds that against what it charges. */
import type { Item } from './item.ts'

/** Bytes of a whole item: names and values. */
export function itemBytes(item: Item): number {
  return Object.entries(item).reduce(
    (sum, [name, value]) => (value === undefined ? sum : sum + Buffer.byteLength(name) + valueBytes(value)),
    0,
  )
}

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
