import { entryText, hasRoom } from '../../domain/parties/duplicate/entry.ts'
import { judge, type ReadParty, readParty, type Verdict } from '../../domain/parties/duplicate/judge-candidate.ts'
import { chooseKeys, mostKeysPerName, probesOf, searchKeys } from '../../domain/parties/duplicate/name-keys.ts'
import { factsOf, type PartyFacts, type PartyInput } from '../../domain/parties/duplicate/party-facts.ts'
import { shortlist } from '../../domain/parties/duplicate/shortlist.ts'

const mostRead = 6

export interface Found {
  index: number
  verdict: Verdict
}

/** The entries of a tenant in memory, kept and searched by the product's own rules: what recall costs no database. */
export function memoryEntries(currency: string) {
  const entries = new Map<string, Record<string, string>>()
  const parties: PartyFacts[] = []
  const byName = new Map<string, number>()
  const byPhone = new Map<string, number[]>()
  const read = new Map<number, ReadParty>()
  const readOf = (index: number) => {
    let party = read.get(index)
    if (!party) {
      party = readParty(parties[index]!)
      read.set(index, party)
    }
    return party
  }

  const keep = (index: number, words: string[]) => {
    const attribute = String(index).padStart(10, '0')
    const text = entryText([words])
    const room = (key: string) => hasRoom(entries.get(key) ?? {}, attribute, text)
    for (const key of chooseKeys(probesOf(words), mostKeysPerName, room)) {
      const entry = entries.get(key) ?? {}
      entry[attribute] = text
      entries.set(key, entry)
    }
  }

  return {
    async add(input: PartyInput): Promise<number> {
      const facts = await factsOf(input, currency)
      const index = parties.push(facts) - 1
      byName.set(facts.normalName, index)
      for (const phone of facts.phones) byPhone.set(phone, [...(byPhone.get(phone) ?? []), index])
      for (const words of facts.names) keep(index, words)
      return index
    },

    /** Candidates, best first. */
    async search(input: PartyInput): Promise<Found[]> {
      const facts = await factsOf(input, currency)
      const asked = readParty(facts)
      const candidates = new Map<string, string>()
      for (const words of facts.names)
        for (const key of searchKeys(words))
          for (const [attribute, text] of Object.entries(entries.get(key) ?? {})) candidates.set(attribute, text)
      const found = new Set(shortlist(asked.read, candidates, mostRead).map(Number))
      for (const index of facts.phones.flatMap((phone) => byPhone.get(phone) ?? [])) found.add(index)
      const holder = byName.get(facts.normalName)
      if (holder !== undefined) found.add(holder)
      return [...found]
        .flatMap((index): Found[] => {
          const verdict = judge(asked, readOf(index))
          return verdict ? [{ index, verdict }] : []
        })
        .sort((a, b) => b.verdict.score - a.verdict.score)
    },
  }
}
