import { createHash } from 'node:crypto'
import type { PlacedItem } from '../../store/whole-items.ts'
import type { WireItem, WireValue } from '../../store/wire-item.ts'

/** The names in order, and sets too: the same item is the same line, whichever engine answered it. */
function ordered(value: WireValue): WireValue {
  if (value.M) return { M: orderedItem(value.M) }
  if (value.L) return { L: value.L.map(ordered) }
  if (value.SS) return { SS: [...value.SS].sort() }
  if (value.NS) return { NS: [...value.NS].sort() }
  return value
}

const orderedItem = (item: WireItem): WireItem =>
  Object.fromEntries(
    Object.keys(item)
      .sort()
      .map((name) => [name, ordered(item[name]!)]),
  )

/** An item as a line of a copy, in the form that DynamoDB itself exports to S3. */
export const lineOf = (item: PlacedItem): string => JSON.stringify({ Item: orderedItem(item) })

/** The item of a line. Fails for what is no line of a copy. */
export function itemOfLine(line: string): PlacedItem {
  const { Item } = JSON.parse(line) as { Item?: PlacedItem }
  if (!Item?.pk?.S || !Item.sk?.S) throw new Error('This line is not an item of a tenant copy.')
  return Item
}

/** What a copy comes to: so many items, and a hash of all of them that knows no order. */
export interface Tally {
  items: number
  hash: string
}

/** Adds up lines, in whatever order they come. */
export function tallyOfLines(): { add(line: string): void; sum(): Tally } {
  const sum = Buffer.alloc(32)
  let items = 0
  return {
    add(line) {
      items += 1
      let carry = 0
      const hash = createHash('sha256').update(line).digest()
      for (let i = 0; i < sum.length; i++) {
        carry += sum[i]! + hash[i]!
        sum[i] = carry & 255
        carry >>= 8
      }
    },
    sum: () => ({ items, hash: sum.toString('hex') }),
  }
}
