import type { AlikeRow, AlikeRows } from '../../kernel/transfer-kind.ts'
import { entryText, hasRoom, withStreets } from './entry.ts'
import { foundIn } from './find-duplicates.ts'
import { judge, type ReadParty, readParty } from './judge-candidate.ts'
import { chooseKeys, mostKeysPerName, probesOf } from './name-keys.ts'
import { factsOf, type PartyFacts, type PartyInput } from './party-facts.ts'
import { isSoftKey, keysToRead, type ReadEntry, softKeys } from './party-keys.ts'

/** About 500 bytes each: what stands behind so many rows is compared with them, and not with one another. */
const mostRemembered = 50_000

/** Rows of a file are named as customers are in entries, so that one way finds both. */
const tokenOf = (row: number) => String(row).padStart(10, '0')

/** Rows by what duplicates have in common, as customers stand in their entries. */
function rowEntries() {
  const entries = new Map<string, ReadEntry>()
  const keysOfRow = new Map<number, string[]>()
  const keep = (key: string, token: string, text: string) => {
    const entry = entries.get(key) ?? { attributes: {}, changes: 0 }
    entry.attributes[token] = text
    entries.set(key, entry)
  }
  return {
    add(row: number, facts: PartyFacts): void {
      const [token, text] = [tokenOf(row), withStreets(entryText(facts.names), facts.streets)]
      const isFree = (key: string) => hasRoom(entries.get(key)?.attributes ?? {}, token, text)
      const byName = facts.names.flatMap((words) => chooseKeys(probesOf(words), mostKeysPerName, isFree))
      const keys = [...new Set([...byName, ...softKeys(facts).filter(isFree)])]
      keysOfRow.set(row, keys)
      for (const key of keys) keep(key, token, isSoftKey(key) ? '' : text)
    },
    /** The rows that may be the same as one with these facts, but for itself. */
    near(row: number, facts: ReadParty): number[] {
      const known = new Map(keysToRead(facts).flatMap((key) => (entries.has(key) ? [[key, entries.get(key)!] as const] : [])))
      return foundIn(facts, known, new Set([tokenOf(row)]), true).map(Number)
    },
    remove(row: number): void {
      for (const key of keysOfRow.get(row) ?? []) {
        const { attributes } = entries.get(key)!
        delete attributes[tokenOf(row)]
        if (Object.keys(attributes).length === 0) entries.delete(key)
      }
      keysOfRow.delete(row)
    },
  }
}

/**
 * The customers of a file that are not written yet: which rows seem to be the same, by the keys and by the judgement that a create goes
 * by. `currency` is the tenant's; a row of which `partyOf` makes nothing is like no other.
 */
export function alikeRows<V>(currency: string, partyOf: (values: V) => PartyInput | undefined): AlikeRows<V> {
  const parties = new Map<number, PartyInput>()
  const entries = rowEntries()
  return {
    add: async (row, values) => {
      const party = partyOf(values)
      if (!party || parties.size >= mostRemembered) return
      parties.set(row, party)
      entries.add(row, await factsOf(party, currency))
    },
    earlier: async (row, values) => {
      const asked = partyOf(values)
      if (!asked) return []
      const facts = readParty(await factsOf(asked, currency))
      const alike: AlikeRow[] = []
      for (const other of entries.near(row, facts).filter((found) => found < row)) {
        const party = parties.get(other)!
        const verdict = judge(facts, readParty(await factsOf(party, currency)))
        if (verdict && verdict.level !== 'possible') alike.push({ row: other, name: party.name, reasons: verdict.reasons })
      }
      return alike
    },
    forget: (row) => {
      entries.remove(row)
      parties.delete(row)
    },
  }
}
