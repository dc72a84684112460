import type { Context } from '../../kernel/context.ts'
import { partitionOf } from '../../kernel/ids.ts'
import type { ItemKey } from '../../store/entity-definition.ts'
import { guardKey } from '../../store/guard.ts'
import { findParents } from '../../store/read.ts'
import { type ReadOptions, readItems } from '../../store/read-items.ts'
import { customers } from '../customer/customer.table.ts'
import type { Customer } from '../customer/customer.ts'
import { partitionsOf } from '../customer/partitions.ts'
import { nameGuard, taxGuard } from './guards.ts'
import { judge, mayWarn, type ReadParty, readParty, type Verdict, worthShowing } from './judge-candidate.ts'
import type { NameMatch } from './name-match.ts'
import { factsOf, type PartyInput } from './party-facts.ts'
import { entryPlace, idIn, isDomainKey, isSoftKey, keysToRead, phoneEntryKey, type ReadEntry, readEntry } from './party-keys.ts'
import { shortlist } from './shortlist.ts'

/** A customer, or one that is to be. */
interface Party extends PartyInput {
  id?: string | undefined
  parentCustomerId?: string | null | undefined
  absorbed?: string[] | undefined
}

export interface Candidate {
  customer: Customer
  verdict: Verdict
}

export interface Duplicates {
  /** Who may be the same, best first. */
  candidates: Candidate[]
  /** Who has the tax number, and who stands under the same normalised name. */
  taxHolder?: Customer
  nameHolder?: Customer
  facts: ReadParty
  /** What was read, for whoever is going to write. */
  entries: Map<string, ReadEntry>
}

interface FindOptions extends ReadOptions {
  /** Only those that may stop a create: of a firm that is like no other no candidate is read. */
  warnings?: boolean
}

const mostShown = 5
/** A domain that so many customers have is that of a group or of a provider. */
const sharedByMany = 5

const tokenOf = (attribute: string) => attribute.slice(0, 10)

/** Who was found, by token: by a likeness of names, and by telephone, e-mail or domain. */
export function foundIn(facts: ReadParty, entries: ReadonlyMap<string, ReadEntry>, own: ReadonlySet<string>, warnings = false): string[] {
  const byName = new Map<string, string>()
  const byContact = new Set<string>()
  for (const [key, { attributes }] of entries) {
    const tokens = Object.keys(attributes)
    // An import looks at two hundred names for each of its rows.
    if (!isSoftKey(key)) for (const attribute of tokens) byName.set(tokenOf(attribute), attributes[attribute]!)
    else {
      const others = tokens.filter((attribute) => !own.has(tokenOf(attribute)))
      if (!isDomainKey(key) || others.length < sharedByMany)
        for (const attribute of others.slice(0, mostShown)) byContact.add(tokenOf(attribute))
    }
  }
  for (const token of own) byName.delete(token)
  const isWorth = (match: NameMatch, text: string) => !warnings || mayWarn(facts, match, text)
  return [...new Set([...byContact, ...shortlist(facts.read, byName, mostShown, { isWorth, warnings })])]
}

/** Customers of one group share telephones and domains honestly. */
const isOfGroup = (party: Party, other: Customer): boolean =>
  party.parentCustomerId === other.id ||
  (party.id !== undefined && other.parentCustomerId === party.id) ||
  (!!party.parentCustomerId && party.parentCustomerId === other.parentCustomerId)

/** The telephones of a customer and of its contacts, as far as the party asks for them. */
function sharedPhones(facts: ReadParty, entries: ReadonlyMap<string, ReadEntry>, customer: Customer): string[] {
  const tokens = new Set(partitionsOf(customer).map(partitionOf))
  return facts.phones.filter((phone) =>
    Object.keys(entries.get(phoneEntryKey(phone))?.attributes ?? {}).some((attribute) => tokens.has(tokenOf(attribute))),
  )
}

interface Places {
  facts: ReadParty
  /** Of the entries; their places stand behind those of the guards. */
  keys: string[]
  guards: ItemKey[]
  places: ItemKey[]
}

/** Where a party is looked for. */
async function placesOf(ctx: Context, party: PartyInput): Promise<Places> {
  const facts = readParty(await factsOf(party, ctx.tenant.currency))
  const keys = keysToRead(facts)
  const guards = [guardKey(nameGuard, facts.normalName), ...(facts.taxNumber ? [guardKey(taxGuard, facts.taxNumber)] : [])]
  return { facts, keys, guards, places: [...guards, ...keys.map((key) => entryPlace(ctx, key))] }
}

/** Reads together what the check of each of these parties reads first (openReadAhead). */
export async function foreseeDuplicates(ctx: Context, parties: readonly PartyInput[]): Promise<void> {
  const all = await Promise.all(parties.map((party) => placesOf(ctx, party)))
  await readItems(
    ctx,
    all.flatMap(({ places }) => places),
    { consistent: true },
  )
}

/**
 * Who may be the same as a party, by its names, telephones, e-mail and tax number: two calls, at most 26 RRU (docs/data-model.md).
 * Scope does not count here: whoever shows a candidate masks it (`shownCandidate`).
 */
export async function duplicatesOf(ctx: Context, party: Party, options: FindOptions = {}): Promise<Duplicates> {
  const { facts, keys, guards, places } = await placesOf(ctx, party)
  const items = await readItems(ctx, places, options)
  const entries = new Map(keys.map((key, i) => [key, readEntry(items[guards.length + i])]))
  const own = new Set([...(party.id ? [party.id] : []), ...(party.absorbed ?? [])].map(partitionOf))
  const holders = guards.map((_, i) => items[i]?.ref as string | undefined).map((id) => (id && !own.has(partitionOf(id)) ? id : undefined))
  const ids = [...foundIn(facts, entries, own, options.warnings).map(idIn), ...holders.filter((id) => id !== undefined)]
  const found = await findParents(ctx, customers, ids, options)
  const [nameHolder, taxHolder] = holders.map((id) => (id ? found.get(id) : undefined))
  return {
    candidates: await judged(ctx, party, facts, entries, [
      ...new Map([...found.values()].map((customer) => [customer.id, customer])).values(),
    ]),
    ...(nameHolder ? { nameHolder } : {}),
    ...(taxHolder ? { taxHolder } : {}),
    facts,
    entries,
  }
}

/** The verdict on one customer. What a group shares says nothing, nor does a domain that many have. */
export async function verdictOn(ctx: Context, party: Party, facts: ReadParty, entries: ReadonlyMap<string, ReadEntry>, customer: Customer) {
  const other = readParty(await factsOf(customer, ctx.tenant.currency))
  const phones = [...new Set([...other.phones, ...sharedPhones(facts, entries, customer)])]
  const isShared = facts.domain !== undefined && Object.keys(entries.get(`d:${facts.domain}`)?.attributes ?? {}).length >= sharedByMany
  if (isOfGroup(party, customer)) {
    const { email: _email, domain: _domain, ...rest } = other
    return judge(facts, { ...rest, phones: [] })
  }
  const { domain, ...rest } = other
  return judge(facts, { ...rest, phones, ...(domain && !isShared ? { domain } : {}) })
}

async function judged(
  ctx: Context,
  party: Party,
  facts: ReadParty,
  entries: ReadonlyMap<string, ReadEntry>,
  found: Customer[],
): Promise<Candidate[]> {
  const others: Candidate[] = []
  for (const customer of found) {
    const verdict = customer.id === party.id ? undefined : await verdictOn(ctx, party, facts, entries, customer)
    if (verdict) others.push({ customer, verdict })
  }
  const all = others.sort((a, b) => b.verdict.score - a.verdict.score).slice(0, mostShown)
  const good = all.filter(({ verdict }) => verdict.score >= worthShowing)
  return good.length > 0 ? good : all.slice(0, 1)
}
