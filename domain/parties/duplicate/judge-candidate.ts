import { slipSimilarity } from './compare-latin.ts'
import { compareNames, type ReadName, readName } from './compare-names.ts'
import { houseNumber, mayShareStreet } from './entry.ts'
import { better, type NameMatch, nameReasons, noMatch } from './name-match.ts'
import type { PartyFacts } from './party-facts.ts'

type Level = 'same' | 'likely' | 'possible'

/** What is less likely than this is shown only when there is nothing better. */
export const worthShowing = 0.2

export interface Verdict {
  score: number
  level: Level
  reasons: string[]
}

/** A party made ready to be judged against many. */
export interface ReadParty extends PartyFacts {
  read: ReadName[]
}

const readParties = new WeakMap<PartyFacts, ReadParty>()

/** The facts with their names taken apart, once for each party. */
export function readParty(facts: PartyFacts): ReadParty {
  const known = readParties.get(facts)
  if (known) return known
  const read = { ...facts, read: facts.names.map((words) => readName(words, facts.places)) }
  readParties.set(facts, read)
  return read
}

/** The best match of any name of one with any name of the other. */
export function bestNameMatch(a: readonly ReadName[], b: readonly ReadName[]): NameMatch {
  let best = noMatch
  for (const one of a) for (const other of b) best = better(best, compareNames(one, other))
  return best
}

/** Streets are the same when the house numbers are, and the words are alike (blvd., boulevard). */
function sameStreet(a: string, b: string): boolean {
  if (houseNumber(a) !== houseNumber(b)) return false
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  return long.startsWith(short.slice(0, 8)) || slipSimilarity(a.replaceAll(' ', ''), b.replaceAll(' ', '')) >= 0.6
}

type Agreement = 'same' | 'other' | 'unknown'

const agreement = (a: readonly string[], b: readonly string[], equal: (x: string, y: string) => boolean = (x, y) => x === y): Agreement =>
  a.length === 0 || b.length === 0 ? 'unknown' : a.some((x) => b.some((y) => equal(x, y))) ? 'same' : 'other'

const optional = (value: string | undefined): string[] => (value === undefined ? [] : [value])

interface Evidence {
  tax: Agreement
  phone: Agreement
  email: Agreement
  domain: Agreement
  city: Agreement
  street: Agreement
}

const evidenceOf = (a: PartyFacts, b: PartyFacts): Evidence => ({
  tax: agreement(optional(a.taxNumber), optional(b.taxNumber)),
  phone: agreement(a.phones, b.phones),
  email: agreement(optional(a.email), optional(b.email)),
  domain: agreement(optional(a.domain), optional(b.domain)),
  city: agreement(a.cities, b.cities),
  street: agreement(a.streets, b.streets, sameStreet),
})

const sentences: Record<keyof Evidence, string> = {
  tax: 'Same tax number.',
  phone: 'Same telephone number.',
  email: 'Same e-mail address.',
  domain: 'Same e-mail domain.',
  city: 'Same city.',
  street: 'Same street address.',
}

/** Below this a name alone is no candidate; above the other a match that nothing contradicts is a warning. */
const leastPossible = 0.05
const leastLikely = 0.6
const alikeEnough = 0.45

/** Everything contradicts: another place, street and telephone. */
const elsewhere = ({ city, street, phone, email }: Evidence) =>
  city === 'other' && street !== 'same' && phone !== 'same' && email !== 'same' && (street === 'other' || phone === 'other')

/**
 * False for a likeness of names from which, whatever else is known of the two, no more than `possible` comes but by a shared contact.
 * `text` is what an entry keeps of the other.
 */
export const mayWarn = (asked: PartyFacts, name: NameMatch, text: string): boolean =>
  name.sure || (name.score >= leastLikely && mayShareStreet(text, asked.streets))

/** What besides the name makes a candidate sure, and how much it lifts the score. */
function supported(name: NameMatch, evidence: Evidence): number | undefined {
  const alike = name.score >= alikeEnough
  if (evidence.phone === 'same' || evidence.email === 'same') return alike ? 0.75 + 0.25 * name.score : 0.3
  if (evidence.street === 'same' && evidence.city !== 'other' && name.score >= leastLikely) return 0.65 + 0.3 * name.score
  if (evidence.domain === 'same') return alike ? 0.5 + 0.4 * name.score : 0.2
  return undefined
}

/** Many firms share a short form (中信, IBS): only the names themselves make two the same, or names alike with a way to reach both. */
const isSame = (a: ReadParty, b: ReadParty, { phone, email }: Evidence): boolean =>
  a.normalName === b.normalName || phone === 'same' || email === 'same'

/** Weighs names, telephone, e-mail and address of two parties; undefined when they have nothing in common. */
export function judge(a: ReadParty, b: ReadParty): Verdict | undefined {
  const name = bestNameMatch(a.read, b.read)
  const evidence = evidenceOf(a, b)
  const reasons = (Object.keys(sentences) as (keyof Evidence)[]).filter((key) => evidence[key] === 'same').map((key) => sentences[key])
  if (name.score >= leastPossible) reasons.unshift(nameReasons[name.kind])
  if (evidence.tax === 'same') return { score: 1, level: 'same', reasons }
  const support = supported(name, evidence)
  const contradicted = evidence.tax === 'other' || elsewhere(evidence) || (evidence.city === 'other' && name.kind !== 'equal')
  const sure = support !== undefined || (name.sure && name.score >= leastLikely && !contradicted)
  const tie = (evidence.city === 'same' ? 0.01 : 0) + (evidence.street === 'same' ? 0.01 : 0)
  if (!sure)
    return name.score < leastPossible ? undefined : { score: round(0.79 * Math.min(1, name.score + tie)), level: 'possible', reasons }
  const score = round(0.8 + 0.2 * Math.min(1, Math.max(support ?? 0, name.sure && !contradicted ? name.score : 0) + tie))
  return { score, level: isSame(a, b, evidence) && score >= 0.99 ? 'same' : 'likely', reasons }
}

const round = (score: number) => Math.round(score * 1000) / 1000
