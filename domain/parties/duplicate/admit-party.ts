import type { PublishedEvent } from '../../../events/define.ts'
import { CustomerDuplicateOverridden } from '../../../events/parties.ts'
import type { Context } from '../../kernel/context.ts'
import { Problem } from '../../kernel/errors.ts'
import { partitionOf } from '../../kernel/ids.ts'
import { itemKey } from '../../store/entity-definition.ts'
import { unstaged } from '../../store/staging.ts'
import type { Write } from '../../store/write.ts'
import type { Customer } from '../customer/customer.ts'
import { shownCandidates } from './candidate.ts'
import { countHidden } from './check-limit.ts'
import { type Candidate, type Duplicates, duplicatesOf, verdictOn } from './find-duplicates.ts'
import { readParty } from './judge-candidate.ts'
import { meetingKeys } from './name-keys.ts'
import { sharingName } from './namesakes.ts'
import { normaliseName } from './normalise-name.ts'
import { coveredBy, type DuplicateOverride, overrideToken } from './override.ts'
import { factsOf, taxKey } from './party-facts.ts'
import { entryPlace, isSoftKey, keysToKeep, type ReadEntry, storedKey } from './party-keys.ts'

/** A customer on its way to be written, with what the caller sent. */
interface Admission {
  party: Customer
  /** As it was before, when it is changed. */
  before?: Customer
  /** What the caller sent, without the override. */
  body: object
  override?: DuplicateOverride | null | undefined
}

interface Admitted {
  /** What the record keeps: the keys it is found by, and whether it shares its name. */
  fields: Pick<Customer, 'foundBy' | 'sharesName'>
  /** Holds the commit to what was read: of two that are written at the same moment the second one sees the first. */
  writes: Write[]
  events: PublishedEvent[]
}

const isWarning = ({ verdict }: Candidate) => verdict.level !== 'possible'
const taxesDiffer = (a: Customer, b: Customer) => !!a.taxNumber && !!b.taxNumber && taxKey(a.taxNumber) !== taxKey(b.taxNumber)

/**
 * Lets a customer in, or fails: 409 `customer.duplicate` when another has its tax number (never to be overridden) or its
 * name, unless the tax numbers differ; 409 `customer.duplicate-suspected` when another is likely the same. Both name the
 * candidates, masked, and carry the token of an override. Rules: domain.md, Parties.
 */
export async function admitParty(ctx: Context, admission: Admission): Promise<Admitted> {
  const { party, before, body, override } = admission
  const found = await duplicatesOf(ctx, party, { consistent: true, warnings: true })
  const isCovered = coveredBy(ctx, override, body)
  if (found.taxHolder) throw await refusal(ctx, { found, body, hard: 'tax', against: [found.taxHolder] })
  const nameHolder = found.nameHolder && !taxesDiffer(party, found.nameHolder) ? found.nameHolder : undefined
  const isRenamed = !before || normaliseName(before.name) !== found.facts.normalName
  if (nameHolder && isRenamed && !isCovered(nameHolder.id)) throw await refusal(ctx, { found, body, hard: 'name', against: [nameHolder] })
  const suspects = await suspectsIn(ctx, found, before)
  if (suspects.some(({ customer }) => !isCovered(customer.id)))
    throw await refusal(ctx, { found, body, against: suspects.map(({ customer }) => customer) })
  const overridden = [...new Set([...(nameHolder && isRenamed ? [nameHolder.id] : []), ...suspects.map(({ customer }) => customer.id)])]
  return { ...(await kept(ctx, party, found, before)), events: eventsOf(party, override, overridden) }
}

/** Whom to warn of; what was as likely before the change is no news. */
async function suspectsIn(ctx: Context, found: Duplicates, before: Customer | undefined): Promise<Candidate[]> {
  const likely = found.candidates.filter(isWarning)
  if (!before || likely.length === 0) return likely
  const facts = readParty(await factsOf(before, ctx.tenant.currency))
  const earlier = await Promise.all(likely.map(({ customer }) => verdictOn(ctx, before, facts, found.entries, customer)))
  return likely.filter((_, i) => (earlier[i]?.level ?? 'possible') === 'possible')
}

function eventsOf(party: Customer, override: DuplicateOverride | null | undefined, candidateIds: string[]): PublishedEvent[] {
  if (!override || candidateIds.length === 0) return []
  const subject = { type: 'customer', id: party.id, customerId: party.id }
  return [CustomerDuplicateOverridden(subject, { candidateIds, reason: override.reason })]
}

/** An entry that few share is one where a newcomer matters. Others are no reason to make writers wait for each other. */
const fewInEntry = 4

async function kept(
  ctx: Context,
  party: Customer,
  found: Duplicates,
  before: Customer | undefined,
): Promise<Pick<Admitted, 'fields' | 'writes'>> {
  const attribute = partitionOf(party.id)
  const keys = keysToKeep(found.facts, attribute, found.entries)
  const had = new Set(before?.foundBy)
  const meeting = new Set(found.facts.names.flatMap(meetingKeys))
  const isFew = (key: string) => Object.keys(found.entries.get(key)!.attributes).length < fewInEntry
  const isNews = (key: string) => !had.has(storedKey(ctx, key))
  // A typing error shares most keys of its name, but none that is sure: all are watched, since no entry of a name takes many.
  // Several rows in one transaction would wait for one another too often; they meet by sound and contact alone.
  const isTyped = unstaged(ctx) === ctx
  const watched = keys.filter((key) => isNews(key) && (isSoftKey(key) || meeting.has(key) ? isFew(key) : isTyped))
  const stored = keys.map((key) => storedKey(ctx, key))
  const fields = found.nameHolder ? await sharingName(ctx, { ...party, foundBy: stored }) : { foundBy: stored }
  return { fields, writes: watched.length > 0 ? [unchangedSince(watched, found.entries)] : [] }
}

const unchangedSince = (keys: readonly string[], entries: ReadonlyMap<string, ReadEntry>): Write => ({
  result: undefined,
  actions: (ctx) =>
    keys.map((key) => ({ ...itemKey(ctx, entryPlace(ctx, key)), entry: { set: {}, remove: [], seen: entries.get(key)!.changes } })),
})

interface Refusal {
  found: Duplicates
  body: object
  against: Customer[]
  hard?: 'tax' | 'name'
}

const words = {
  tax: ['customer.duplicate', 'Another customer has this tax number. Work with that one, or correct the number.'],
  name: [
    'customer.duplicate',
    'A customer of this name is there already. Work with that one; if it is another firm, send the request again with duplicateOverride; an import, with onDuplicate.',
  ],
  suspected: [
    'customer.duplicate-suspected',
    'This customer seems to be there already. Look at the candidates; if it is none of them, send the request again with duplicateOverride; an import, with onDuplicate.',
  ],
} as const

/**
 * The 409, with candidates as the caller may see them. Where it rests on a likeness it is counted, so that creates are no way to
 * mine customers; who knows the whole name or tax number is told whose it is.
 */
async function refusal(ctx: Context, { found, body, against, hard }: Refusal): Promise<Problem> {
  const [code, detail] = words[hard ?? 'suspected']
  const named = new Set(against.map(({ id }) => id))
  const shown = found.candidates.filter((candidate) => named.has(candidate.customer.id) || (hard === undefined && isWarning(candidate)))
  const candidates = await shownCandidates(ctx, shown)
  if (!hard) await countHidden(ctx, candidates, 'refusal')
  const pointer = hard === 'tax' ? '/taxNumber' : '/name'
  const override = hard === 'tax' ? {} : { override: overrideToken(ctx, body, [...named, ...shown.map(({ customer }) => customer.id)]) }
  return new Problem('conflict', code, detail, {
    extra: { candidates, ...override },
    ...(hard ? { errors: [{ pointer, code, message: detail }] } : {}),
  })
}

/** True when a change touches what duplicates are found by. */
export const isFoundOtherwise = (before: Customer, after: Customer): boolean =>
  ['name', 'shortName', 'aliases', 'taxNumber', 'phones', 'email'].some(
    (field) => JSON.stringify(before[field as keyof Customer]) !== JSON.stringify(after[field as keyof Customer]),
  )
