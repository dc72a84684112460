import type { Context } from '../../kernel/context.ts'
import { partitionOf } from '../../kernel/ids.ts'
import type { Entry } from '../../store/entry.ts'
import { readItems } from '../../store/read-items.ts'
import { hasRoom } from './entry.ts'
import { entriesUnder, entryPlace, phoneEntryKey, readEntry, storedKey } from './party-keys.ts'
import { phoneKeys } from './phone-keys.ts'

interface FoundContact {
  id: string
  phones?: string[] | undefined
  foundBy?: string[] | undefined
}

/** Of a person with more numbers the first ones. */
const mostPhones = 5

/** Names the contact in an entry: its customer's partition first, by which the customer is found. */
const attributeOf = (id: string): string => `${partitionOf(id)}${id.slice(-6)}`

/**
 * The keys by which a contact's telephones lead to its customer: soft guards, as the customer's own. A number that very many
 * have (a book-keeper's) is full, and leads to those who had it first. One call, none without a telephone.
 */
export async function foundByPhones(ctx: Context, { id, phones = [] }: FoundContact): Promise<{ foundBy?: string[] }> {
  const keys = (await phoneKeys(phones, undefined, ctx.tenant.currency)).slice(0, mostPhones).map(phoneEntryKey)
  if (keys.length === 0) return {}
  const items = await readItems(
    ctx,
    keys.map((key) => entryPlace(ctx, key)),
  )
  const free = keys.filter((_, i) => hasRoom(readEntry(items[i]).attributes, attributeOf(id), ''))
  return free.length > 0 ? { foundBy: free.map((key) => storedKey(ctx, key)) } : {}
}

/** Where a contact's customer is found by the contact's telephones. */
export const contactEntries = ({ id, foundBy = [] }: FoundContact): Entry[] => entriesUnder(foundBy, attributeOf(id), '')
