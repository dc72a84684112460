import type { Context } from '../../kernel/context.ts'
import { partitionOf } from '../../kernel/ids.ts'
import { remember } from '../../kernel/remember.ts'
import { keyedHash } from '../../kernel/signing.ts'
import type { ItemKey } from '../../store/entity-definition.ts'
import type { Entry } from '../../store/entry.ts'
import { changesAttribute } from '../../store/entry.ts'
import { scattered } from '../../store/scattered.ts'
import { entryText, hasRoom, isClosed, withStreets } from './entry.ts'
import { chooseKeys, mostKeysPerName, probesOf, searchKeys } from './name-keys.ts'
import type { PartyFacts } from './party-facts.ts'

/** Of a hash; two keys that are taken for one only add a candidate to be judged. */
const hashLength = 10

/**
 * A key as it is stored: its kind and a keyed hash. An entry stays when its last customer is gone, and must not tell then whose
 * telephone, address or name stood in it.
 */
export const storedKey = (ctx: Context, key: string): string => keysOfTenant(ctx.tenant.signingKey)(key)

/** A check asks for each key several times, and rows of a file have many in common. */
const mostKept = 5000
const mostTenants = 20
const keysOfTenant = remember(mostTenants, (signingKey) =>
  remember(mostKept, (key) => `${key.slice(0, 2)}${keyedHash(signingKey, 'duplicate-key', key).slice(0, hashLength)}`),
)

/** Where the customers that can be found by a stored key stand. */
const storedPlace = (stored: string): ItemKey => scattered('DUP', [stored])

/** An id in the partition of a token, as entries name their customers. */
export const idIn = (token: string): string => `cus_${'0'.repeat(10)}${token}${'0'.repeat(6)}`

/** Under which those stand that share a name with the one that had it first. */
export const namesakeKey = (normalName: string): string => `n:${normalName}`

/** Where the customers that can be found by a key stand. */
export const entryPlace = (ctx: Context, key: string): ItemKey => storedPlace(storedKey(ctx, key))

/** Soft guards: telephone, e-mail and its domain. The other keys are those of names (name-keys.ts). */
const soft = { phone: 't:', email: 'e:', domain: 'd:' } as const
export const isSoftKey = (key: string): boolean => Object.values(soft).some((prefix) => key.startsWith(prefix))
export const isDomainKey = (key: string): boolean => key.startsWith(soft.domain)
export const phoneEntryKey = (phone: string): string => `${soft.phone}${phone}`

/** What several customers may share, though it makes them suspect: telephones, e-mail address, domain. */
export const softKeys = ({ phones, email, domain }: Pick<PartyFacts, 'phones' | 'email' | 'domain'>): string[] => [
  ...phones.map(phoneEntryKey),
  ...(email ? [`${soft.email}${email}`] : []),
  ...(domain ? [`${soft.domain}${domain}`] : []),
]

/** An entry as it was read: the customers in it, and how often it was changed. */
export interface ReadEntry {
  attributes: Record<string, string>
  changes: number
}

const own = new Set(['pk', 'sk', changesAttribute])

const readEntries = new WeakMap<object, ReadEntry>()

/** The same item is asked for by each row of an import that has the key. A loop, since a check reads forty of them. */
export function readEntry(item: Record<string, unknown> = {}): ReadEntry {
  const known = readEntries.get(item)
  if (known) return known
  const attributes: Record<string, string> = {}
  for (const name of Object.keys(item)) if (!own.has(name)) attributes[name] = item[name] as string
  const entry = { attributes, changes: Number(item[changesAttribute] ?? 0) }
  readEntries.set(item, entry)
  return entry
}

/** True for an entry that takes no newcomer: what many rows ask of it need be read once for all of them. */
export const isClosedEntry = (item: Record<string, unknown>): boolean => changesAttribute in item && isClosed(readEntry(item).attributes)

const searchedOfFurtherName = 6
const mostNameKeys = 28
const mostSoftKeys = 12

/** Keys under which those that may be the same party are looked for: at most 40. */
export function keysToRead(facts: PartyFacts): string[] {
  const byName = facts.names.flatMap((words, i) => searchKeys(words, i === 0 ? undefined : searchedOfFurtherName))
  return [...[...new Set(byName)].slice(0, mostNameKeys), ...softKeys(facts).slice(0, mostSoftKeys)]
}

/** A customer with many aliases is found by the first ones: a transaction takes 100 items. */
const mostNameKeysKept = 24

const mostAsked = 1000

/** Keys under which a party is to be kept, of those that were read and have room. */
export function keysToKeep(facts: PartyFacts, attribute: string, read: ReadonlyMap<string, ReadEntry>): string[] {
  const text = withStreets(entryText(facts.names), facts.streets)
  // Asked again and again for a character that stands in several pairs.
  const roomFor = remember(mostAsked, (key) => {
    const entry = read.get(key)
    return entry !== undefined && hasRoom(entry.attributes, attribute, text)
  })
  const kept = new Set<string>()
  for (const words of facts.names) {
    const most = Math.min(mostKeysPerName, mostNameKeysKept - kept.size)
    for (const key of chooseKeys(probesOf(words), most, roomFor)) kept.add(key)
  }
  return [...kept, ...softKeys(facts).filter(roomFor)]
}

/** Every key under which a party may be kept, as they are stored. */
export const possibleKeys = (ctx: Context, facts: PartyFacts): Set<string> =>
  new Set(
    [...facts.names.flatMap((words) => probesOf(words).flat()), ...softKeys(facts), namesakeKey(facts.normalName)].map((key) =>
      storedKey(ctx, key),
    ),
  )

/** The entries of a record under the stored keys it is kept by. */
export const entriesUnder = (keys: readonly string[], attribute: string, text: string): Entry[] =>
  keys.map((key) => ({ key: storedPlace(key), attribute, text }))

/** The entries of a customer under the stored keys it is kept by. */
export const entriesOf = (id: string, keys: readonly string[], text: string): Entry[] => entriesUnder(keys, partitionOf(id), text)
