import type { Item } from './item.ts'

/** What many use cases of one run read again and again, known for a while without a call. */
export interface LastingItems {
  find(place: string): Item | undefined
  keep(place: string, item: Item): void
  forget(place: string): void
}

/** So long a change of such an item by others may stay unseen. */
const keptMs = 60_000
/** Of at most 1 KB each. */
const mostKept = 2000

/** `isLasting` says of which items nothing is lost when they are a minute old. */
export function lastingItems(isLasting: (item: Item) => boolean, now: () => number = Date.now): LastingItems {
  const items = new Map<string, Item>()
  let since = now()
  const outdated = () => now() - since > keptMs || items.size >= mostKept
  return {
    find: (place) => (now() - since > keptMs ? undefined : items.get(place)),
    keep: (place, item) => {
      if (!isLasting(item)) return
      if (outdated()) {
        items.clear()
        since = now()
      }
      items.set(place, item)
    },
    forget: (place) => void items.delete(place),
  }
}
