import type { PartyInput } from '../../domain/parties/duplicate/party-facts.ts'
import { type Entry, type Lists, organisations, restaurants } from './english-lists.ts'
import { inventedFirms, seeded } from './invented-firms.ts'
import { heldOutFirms, listedFirms, type ShortName } from './listed-firms.ts'
import { type Found, memoryEntries } from './memory-entries.ts'
import { similarFirms } from './similar-firms.ts'
import { typedVariants } from './typed-variants.ts'

type Index = ReturnType<typeof memoryEntries>

export interface Ranks {
  asked: number
  first: number
  amongFive: number
  without: number
}

const share = (count: number, of: number) => (of === 0 ? 0 : count / of)

function counted(ranks: Ranks, found: Found[], wanted: number): void {
  const rank = found.findIndex(({ index }) => index === wanted)
  ranks.asked += 1
  if (rank === 0) ranks.first += 1
  if (rank >= 0 && rank < 5) ranks.amongFive += 1
  if (found.length === 0) ranks.without += 1
}

const noRanks = (): Ranks => ({ asked: 0, first: 0, amongFive: 0, without: 0 })

/** The listed firms by full name among invented ones, half of those created before them. */
export async function filled(invented: number): Promise<{ index: Index; offset: number; names: string[] }> {
  const index = memoryEntries('CNY')
  const others = inventedFirms(invented, 7)
  const half = Math.floor(invented / 2)
  const names = [...others.slice(0, half), ...[...listedFirms, ...heldOutFirms].map((firm) => firm.full), ...others.slice(half)]
  for (const name of names) await index.add({ name })
  return { index, offset: half, names }
}

/** How often the full name is found by the short one. */
export async function shortNames(index: Index, firms: readonly ShortName[], offset: number): Promise<Ranks> {
  const ranks = noRanks()
  for (const [i, firm] of firms.entries()) counted(ranks, await index.search({ name: firm.short }), offset + i)
  return ranks
}

export async function typed(index: Index, names: string[], every: number): Promise<Map<string, Ranks>> {
  const random = seeded(3)
  const byKind = new Map<string, Ranks>()
  for (let i = 0; i < names.length; i += every)
    for (const { kind, typed } of typedVariants(names[i]!, random)) {
      const ranks = byKind.get(kind) ?? noRanks()
      byKind.set(kind, ranks)
      counted(ranks, await index.search({ name: typed }), i)
    }
  return byKind
}

/** Share of other firms with a similar stem that are flagged as likely the same. */
export async function flagged(firms: number): Promise<{ asked: number; flagged: number }> {
  const random = seeded(5)
  let [asked, count] = [0, 0]
  for (const firm of inventedFirms(firms, 11)) {
    const index = memoryEntries('CNY')
    await index.add({ name: firm })
    for (const { name } of similarFirms(firm, random)) {
      asked += 1
      if ((await index.search({ name })).some(({ verdict }) => verdict.level !== 'possible')) count += 1
    }
  }
  return { asked, flagged: count }
}

const partyOf = ({ name, street, city, phone }: Entry): PartyInput => ({
  name,
  phones: phone ? [phone] : [],
  addresses: city || street ? [{ country: 'US', city, line: street }] : [],
})

/** F1 of the pairs flagged as likely or same between two lists. */
export async function matched({ left, right, same }: Lists): Promise<number> {
  const index = memoryEntries('USD')
  for (const entry of left) await index.add(partyOf(entry))
  let [hits, wrong] = [0, 0]
  for (const [i, entry] of right.entries())
    for (const found of (await index.search(partyOf(entry))).filter(({ verdict }) => verdict.level !== 'possible'))
      if (found.index === same[i]) hits += 1
      else wrong += 1
  const pairs = same.filter((index) => index !== undefined).length
  return share(2 * hits, hits + wrong + pairs)
}

export interface Quality {
  invented: number
  short: Ranks
  heldOut: Ranks
  typed: Map<string, Ranks>
  similar: { asked: number; flagged: number }
  restaurants: number
  organisations: number
}

/** The quality of the duplicate check, by sets of names that are in the repository. */
export async function measureQuality(invented: number): Promise<Quality> {
  const { index, offset, names } = await filled(invented)
  return {
    invented,
    short: await shortNames(index, listedFirms, offset),
    heldOut: await shortNames(index, heldOutFirms, offset + listedFirms.length),
    typed: await typed(index, names, Math.max(1, Math.round(names.length / 800))),
    similar: await flagged(2000),
    restaurants: await matched(restaurants),
    organisations: await matched(organisations),
  }
}
