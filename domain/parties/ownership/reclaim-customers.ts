import type { Context } from '../../kernel/context.ts'
import { localDate } from '../../kernel/dates.ts'
import { commit, retryStale } from '../../store/commit.ts'
import { dueKey } from '../../store/entity.ts'
import { queryPage } from '../../store/query.ts'
import { find, findMany } from '../../store/read.ts'
import { customers } from '../customer/customer.table.ts'
import type { Customer } from '../customer/customer.ts'
import { endOfDay } from '../due-range.ts'
import { ownerChanged } from './owner-changed.ts'
import { inPool } from './ownership.ts'
import {
  daysWithout,
  latestConcerned,
  type ReclaimSettings,
  type RuleLevel,
  reclaimDay,
  reclaimPartition,
  ruleLevelOf,
  ruleLevels,
  termOf,
  warnedFrom,
} from './reclaim-rules.ts'
import { freshReclaimSettings } from './reclaim-settings.ts'
import { heldPool, poolFor } from './release-customer.ts'
import type { ReclaimRun } from './start-reclaims.ts'

/** Entries of one message: as many as one BatchGet takes. */
const atOnce = 100

/** Why it was taken, in the language of the tenant: the last contact, the days since, the rule. */
function reasonFor(ctx: Context, customer: Customer, day: string, settings: ReclaimSettings): string {
  const since = localDate(termOf(customer), settings.timeZone)
  const days = daysWithout(since, day, settings)
  const most = settings.rules.levels?.[ruleLevelOf(customer)]?.noContactDays
  const working = settings.rules.workingDays
  if (ctx.tenant.locale === 'zh-CN') return `自 ${since} 起 ${days} 个${working ? '工作日' : '自然日'}未联系，规则为 ${most} 天`
  return `No contact since ${since}: ${days} ${working ? 'working days' : 'days'}, the rule is ${most}`
}

async function reclaim(ctx: Context, customer: Customer, day: string, settings: ReclaimSettings): Promise<void> {
  const pool = await poolFor(ctx, customer, undefined)
  const reason = reasonFor(ctx, customer, day, settings)
  const after = inPool(customer, { at: ctx.now(), how: 'reclaimed', by: ctx.actor.id, reason, poolId: pool?.id ?? null })
  await commit(ctx, [customers.replace(ctx, customer, after), ...heldPool(pool)], [ownerChanged(customer, after, 'reclaimed', reason)])
}

/** The warning stands in the owner's digest from `day` on; given already for the same day, it stays as it is. */
async function warn(ctx: Context, customer: Customer, day: string, on: string): Promise<void> {
  const term = termOf(customer)
  const before = customer.reclaimWarning
  if (before?.term === term && before.on === on) return
  const since = before?.term === term ? before.since : day
  await commit(ctx, [customers.replace(ctx, customer, { ...customer, reclaimWarning: { since, on, term } })], [])
}

/** True for a customer whom no rule takes on that day: with business that runs, of which contexts above this one know. */
export type IsExempt = (ctx: Context, customer: Customer, day: string) => Promise<boolean>

/** A warning that is not true any more, since business runs by now, is taken back. */
async function spare(ctx: Context, customer: Customer): Promise<void> {
  const { reclaimWarning, ...rest } = customer
  if (reclaimWarning) await commit(ctx, [customers.replace(ctx, customer, rest)], [])
}

interface Judging {
  day: string
  settings: ReclaimSettings
  isExempt: IsExempt
  /** Warns and takes nothing. */
  only?: 'warn'
}

/** What the rules ask for on a day, decided and done by the customer as it is at that moment. */
async function judge(ctx: Context, customer: Customer | undefined, { day, settings, isExempt, only }: Judging): Promise<void> {
  const on = customer && reclaimDay(customer, settings)
  if (!customer || !on || warnedFrom(on, settings) > day) return
  if (await isExempt(ctx, customer, day)) return spare(ctx, customer)
  if (on <= day && !only) await reclaim(ctx, customer, day, settings)
  else await warn(ctx, customer, day, on > day ? on : day)
}

interface LevelDay {
  level: RuleLevel
  day: string
  after?: string | undefined
}

/** One page of a level's entries in the range that may be concerned; answers where the next one begins. */
async function page(ctx: Context, { level, day, after }: LevelDay, settings: ReclaimSettings) {
  const latest = latestConcerned(level, day, settings)
  if (!latest) return { concerned: [], next: undefined }
  const { pk: partition } = dueKey({ owner: reclaimPartition(level), on: '', kind: '', id: '' })
  const { items, more } = await queryPage(ctx, { partition, to: endOfDay(latest) }, { limit: atOnce, after })
  const wanted = items.map(({ id }) => ({ entity: customers, id: id as string }))
  const found = wanted.length > 0 ? await findMany(ctx, wanted, { consistent: true }) : new Map()
  const next = more ? (items.at(-1)?.sk as string | undefined) : undefined
  return { concerned: wanted.flatMap(({ id }) => (found.get(id) as Customer | undefined) ?? []), next }
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
 * Reclaims a tenant's customers of one level on a local day, and warns their owners before: reads the range of entries that
 * may be concerned by the rules as they are now, a page at a time, judges each customer as it is now, and takes it in a
 * transaction of its own. Repeated or resumed it finds what is left.
 */
export async function reclaimCustomers(ctx: Context, run: ReclaimRun & { part: RuleLevel }, isExempt: IsExempt): Promise<void> {
  const settings = await freshReclaimSettings(ctx)
  if (!settings) return
  const judging = { day: run.day, settings, isExempt }
  if (run.customerId) {
    const { customerId } = run
    return retryStale(async () => judge(ctx, await find(ctx, customers, customerId, { consistent: true }), judging))
  }
  const { concerned, next } = await page(ctx, { ...run, level: run.part }, settings)
  const failed = await judgeAll(ctx, concerned, judging)
  const more: ReclaimRun[] = [...failed.map((customerId) => ({ ...run, customerId })), ...(next ? [{ ...run, after: next }] : [])]
  if (more.length > 0) await ctx.enqueue('reclaim-customers', more)
}

const mostPagesOfWarnings = 20

/**
 * Gives the day's warnings before the digests are gathered, should the night's run not have been there: nobody loses a
 * customer without having been told. Bounded, since digests must not wait; the run itself has no bound.
 */
export async function warnOfReclaims(ctx: Context, day: string, isExempt: IsExempt): Promise<void> {
  const settings = await freshReclaimSettings(ctx)
  for (const level of settings ? ruleLevels : []) {
    let after: string | undefined
    for (let pages = 0; pages < mostPagesOfWarnings; pages++) {
      const { concerned, next } = await page(ctx, { day, level, after }, settings!)
      for (const customer of concerned) await judgeAgain(ctx, customer, { day, settings: settings!, isExempt, only: 'warn' })
      if (!next) break
      after = next
    }
  }
}
