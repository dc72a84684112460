import type { ReclaimFact } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { commit, retryStale } from '../../store/commit.ts'
import { dueKey } from '../../store/entity-definition.ts'
import { queryPage } from '../../store/query.ts'
import { find, findInOrder } from '../../store/read.ts'
import type { Write } from '../../store/write.ts'
import { customers } from '../customer/customer.table.ts'
import type { Customer } from '../customer/customer.ts'
import { endOfDay } from '../due-range.ts'
import { ownerChanged } from './owner-changed.ts'
import { inPool } from './ownership.ts'
import { reclaimReason } from './reclaim-reason.ts'
import {
  latestConcerned,
  type Reclaim,
  type ReclaimSettings,
  type RuleLevel,
  reclaimOf,
  reclaimPartition,
  ruleLevels,
  rulesOf,
  termOf,
  warnedFrom,
} from './reclaim-rules.ts'
import { freshReclaimSettings } from './reclaim-settings.ts'
import { heldPool, poolFor } from './release-customer.ts'
import type { ReclaimRun } from './start-reclaims.ts'

/** Entries of one message: as many as one BatchGet takes. */
const atOnce = 100

/**
 * Business with a customer on a day, of which contexts above this one know. While it `runs` no rule takes the customer; else
 * the writes hold, in the commit that rests on it, that none has begun since it was read.
 */
export interface Business {
  runs: boolean
  holds: Write[]
}
type ReadBusiness = (ctx: Context, customer: Customer, day: string) => Promise<Business>

/** Takes the customer, unless business with it began in this moment: then it is judged again. */
async function take(ctx: Context, customer: Customer, reason: string, holds: Write[]): Promise<void> {
  const pool = await poolFor(ctx, customer, undefined)
  const after = inPool(customer, { at: ctx.now(), how: 'reclaimed', by: ctx.actor.id, reason, poolId: pool?.id ?? null })
  const moved = ownerChanged(customer, after, 'reclaimed', reason)
  await commit(ctx, [customers.replace(ctx, customer, after), ...heldPool(pool), ...holds], [moved])
}

/** The warning stands in the owner's digest from `day` on; given already for the same day, it stays as it is. */
async function warn(ctx: Context, customer: Customer, day: string, { on, fact }: Reclaim): Promise<void> {
  const term = termOf(customer, fact)
  const before = customer.reclaimWarning
  const isSame = before?.fact === fact && before.term === term
  if (isSame && before.on === on) return
  const since = isSame ? before.since : day
  await commit(ctx, [customers.replace(ctx, customer, { ...customer, reclaimWarning: { since, on, fact, term } })], [])
}

/** A warning that is not true any more, since business runs by now, is taken back. */
async function spare(ctx: Context, customer: Customer): Promise<void> {
  const { reclaimWarning, ...rest } = customer
  if (reclaimWarning) await commit(ctx, [customers.replace(ctx, customer, rest)], [])
}

interface Judging {
  day: string
  settings: ReclaimSettings
  readBusiness: ReadBusiness
  /** Warns and takes nothing. */
  only?: 'warn'
}

/** What the rules ask for on a day, decided and done by the customer as it is at that moment. */
async function judge(ctx: Context, customer: Customer | undefined, { day, settings, readBusiness, only }: Judging): Promise<void> {
  const reclaim = customer && reclaimOf(customer, settings)
  if (!customer || !reclaim || warnedFrom(reclaim.on, settings) > day) return
  const { runs, holds } = await readBusiness(ctx, customer, day)
  if (runs) return spare(ctx, customer)
  if (reclaim.on <= day && !only) await take(ctx, customer, reclaimReason(ctx, customer, reclaim, day, settings), holds)
  else await warn(ctx, customer, day, { ...reclaim, on: reclaim.on > day ? reclaim.on : day })
}

interface RuleDay {
  level: RuleLevel
  fact: ReclaimFact
  most: number
  day: string
  after?: string | undefined
}

/** One page of the entries of a rule in the range that may be concerned; answers where the next one begins. */
async function page(ctx: Context, { level, fact, most, day, after }: RuleDay, settings: ReclaimSettings) {
  const latest = latestConcerned(most, day, settings)
  if (!latest) return { concerned: [], next: undefined }
  const { pk: partition } = dueKey({ owner: reclaimPartition(level, fact), on: '', kind: '', id: '' })
  const { items, more } = await queryPage(ctx, { partition, to: endOfDay(latest) }, { limit: atOnce, after })
  const ids = items.map(({ id }) => id as string)
  const next = more ? (items.at(-1)?.sk as string | undefined) : undefined
  return { concerned: await findInOrder(ctx, customers, ids, { consistent: true }), next }
}

/** Judges a customer as it was read; when it changed meanwhile, as it is by then. */
async function judgeAgain(ctx: Context, first: Customer, judging: Judging): Promise<void> {
  let read: Customer | undefined = first
  await retryStale(async () => {
    const customer = read ?? (await find(ctx, customers, first.id, { consistent: true }))
    read = undefined
    await judge(ctx, customer, judging)
  })
}

/** Those that failed: each is tried again by a message of its own, whose failure is logged, and stops no other. */
async function judgeAll(ctx: Context, concerned: Customer[], judging: Judging): Promise<string[]> {
  const failed: string[] = []
  for (const customer of concerned)
    try {
      await judgeAgain(ctx, customer, judging)
    } catch {
      failed.push(customer.id)
    }
  return failed
}

/**
 * Reclaims a tenant's customers of one level on a local day, and warns their owners before: reads the range of entries of each
 * rule that may be concerned by the rules as they are now, a page at a time, judges each customer as it is now, and takes it in a
 * transaction of its own. Repeated or resumed it finds what is left.
 */
export async function reclaimCustomers(ctx: Context, run: ReclaimRun & { part: RuleLevel }, readBusiness: ReadBusiness): Promise<void> {
  const settings = await freshReclaimSettings(ctx)
  if (!settings) return
  const judging = { day: run.day, settings, readBusiness }
  if (run.customerId) {
    const { customerId } = run
    return retryStale(async () => judge(ctx, await find(ctx, customers, customerId, { consistent: true }), judging))
  }
  for (const [fact, most] of rulesOf(run.part, settings).filter(([fact]) => !run.fact || fact === run.fact)) {
    const { concerned, next } = await page(ctx, { ...run, level: run.part, fact, most }, settings)
    const failed = await judgeAll(ctx, concerned, judging)
    const more: ReclaimRun[] = [...failed.map((customerId) => ({ ...run, customerId })), ...(next ? [{ ...run, fact, after: next }] : [])]
    if (more.length > 0) await ctx.enqueue('reclaim-customers', more)
  }
}

const mostPagesOfWarnings = 20

/**
 * Gives the day's warnings before the digests are gathered, should the night's run not have been there: nobody loses a
 * customer without having been told. Bounded, since digests must not wait; the run itself has no bound.
 */
export async function warnOfReclaims(ctx: Context, day: string, readBusiness: ReadBusiness): Promise<void> {
  const settings = await freshReclaimSettings(ctx)
  if (!settings) return
  for (const level of ruleLevels)
    for (const [fact, most] of rulesOf(level, settings)) {
      let after: string | undefined
      for (let pages = 0; pages < mostPagesOfWarnings; pages++) {
        const { concerned, next } = await page(ctx, { day, level, fact, most, after }, settings)
        for (const customer of concerned) await judgeAgain(ctx, customer, { day, settings, readBusiness, only: 'warn' })
        if (!next) break
        after = next
      }
    }
}
