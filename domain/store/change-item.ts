import type { Context } from '../kernel/context.ts'
import { tryWrite } from './try-write.ts'
import type { PlacedItem } from './whole-items.ts'
import { itemOfWire } from './wire-item.ts'

/**
 * Makes an item as read into another with the same key: only the attributes that differ are written, and each only while it is as it was
 * read, so that what somebody else changes meanwhile stays. False when one of them is not, or the item is gone: read again, then.
 * A version, where the item has one, is raised, so that whoever holds the record sees that it changed. 1 WRU per KB.
 */
export async function changeItem(ctx: Context, before: PlacedItem, after: PlacedItem): Promise<boolean> {
  const raised: PlacedItem = before.version?.N ? { ...after, version: { N: String(Number(before.version.N) + 1) } } : after
  const changed = Object.keys({ ...before, ...raised }).filter((name) => JSON.stringify(before[name]) !== JSON.stringify(raised[name]))
  if (changed.length === 0) return true
  const part = (item: PlacedItem, mark: string) =>
    itemOfWire(Object.fromEntries(changed.flatMap((name, n) => (item[name] ? [[`:${mark}${n}`, item[name]]] : []))))
  const [was, is] = [part(before, 'was'), part(raised, 'is')]
  const set = changed.flatMap((_, n) => (`:is${n}` in is ? `#a${n} = :is${n}` : []))
  const removed = changed.flatMap((_, n) => (`:is${n}` in is ? [] : `#a${n}`))
  const asRead = changed.map((_, n) => (`:was${n}` in was ? `#a${n} = :was${n}` : `attribute_not_exists(#a${n})`))
  const { written } = await tryWrite(ctx, {
    ...{ pk: before.pk.S, sk: before.sk.S },
    update: {
      UpdateExpression: [set.length > 0 && `SET ${set.join(', ')}`, removed.length > 0 && `REMOVE ${removed.join(', ')}`]
        .filter(Boolean)
        .join(' '),
    },
    condition: ['attribute_exists(pk)', ...asRead].join(' AND '),
    names: Object.fromEntries(changed.map((name, n) => [`#a${n}`, name])),
    values: { ...was, ...is },
  })
  return written
}
