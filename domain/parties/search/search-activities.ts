import { visibleOwners } from '../../identity/index.ts'
import type { CheckedLeaf } from '../../kernel/check-tree.ts'
import { chunksOf } from '../../kernel/chunks.ts'
import type { Context } from '../../kernel/context.ts'
import { folded } from '../../kernel/search-fields.ts'
import { required, type Tree } from '../../kernel/search-tree.ts'
import { recordOf } from '../../store/entity.ts'
import { queryPage, type Range } from '../../store/query.ts'
import { activities, activitiesBy, activitiesOf, allActivities } from '../activity/activity.table.ts'
import type { Activity } from '../activity/activity.ts'
import { activitiesIn } from '../activity/read-activities.ts'
import { customersInSight, reachOf } from '../customer/access.ts'
import type { Customer } from '../customer/customer.ts'
import { asThingsOf, rangesOf } from '../customer/partitions.ts'
import { activityFields } from './activity-fields.ts'
import { type SearchLimits, searchLimits, tooManyActivities } from './limits.ts'
import { namedIn } from './named-in.ts'
import { cursorBehind, type Prepared, prepareSearch, type Search } from './prepare-search.ts'
import { judgeRecords, type SearchPage } from './run-search.ts'
import { collect, orderBy } from './sort.ts'
import { namingSurvivors } from './survivors.ts'
import { allBits, bitsOf } from './words.ts'

const iso = (milliseconds: number) => new Date(milliseconds).toISOString()

/** The span of `at` that the tree allows, as bounds of the index; whole milliseconds, so that lt and lte differ by one. */
function spanOf(leaves: readonly CheckedLeaf[]): { from?: string; to?: string } {
  let [from, to] = [-Infinity, Infinity]
  for (const { op, values } of leaves.filter(({ field }) => field === 'at')) {
    const [first, second] = values as number[]
    if (op === 'eq') [from, to] = [Math.max(from, first!), Math.min(to, first! + 1)]
    if (op === 'gte' || op === 'between') from = Math.max(from, first!)
    if (op === 'gt') from = Math.max(from, first! + 1)
    if (op === 'lt') to = Math.min(to, first!)
    if (op === 'lte') to = Math.min(to, first! + 1)
    if (op === 'between') to = Math.min(to, second!)
  }
  return { ...(from > -Infinity ? { from: iso(from) } : {}), ...(to < Infinity ? { to: iso(to) } : {}) }
}

interface Source {
  range: Range
  /** Whose partition it is, where it is one of a customer. */
  customer?: Customer
}

/** What has to be read: the customers that the tree names, else the authors it names or the caller reaches, else all; in its span. */
async function sourcesOf(ctx: Context, { where }: Prepared, customers: ReadonlyMap<string, Customer>): Promise<Source[]> {
  const leaves = required(where)
  const customerIds = namedIn(leaves, 'customerId')
  if (customerIds) {
    const inSight = customerIds.flatMap((id) => customers.get(id) ?? [])
    return inSight.flatMap((customer) => rangesOf(customer, (id) => activitiesOf(id, false)).map((range) => ({ range, customer })))
  }
  const span = spanOf(leaves)
  const visible = await visibleOwners(ctx)
  const authors =
    namedIn(leaves, 'authorId')?.filter((id) => visible === 'all' || visible.has(id)) ?? (visible === 'all' ? undefined : [...visible])
  if (!authors) return [{ range: { ...span, index: 'gsi1', partition: allActivities } }]
  return authors.map((authorId) => ({ range: { ...span, index: 'gsi2', partition: activitiesBy(authorId) } }))
}

const pageSize = 1000

/** Everything in a range, up to the limit of all ranges together. */
async function readSource(ctx: Context, { range, customer }: Source, read: { count: number }, limits: SearchLimits): Promise<Activity[]> {
  const found: Activity[] = []
  const sk = range.index ? `${range.index}sk` : 'sk'
  let after: string | undefined
  for (;;) {
    const { items, more } = await queryPage(ctx, range, { limit: pageSize, after })
    read.count += items.length
    if (read.count > limits.activities) throw tooManyActivities(limits)
    found.push(...(customer ? asThingsOf(customer, await activitiesIn(ctx, items)) : items.map((item) => recordOf(activities, item))))
    if (!more || items.length === 0) return found
    after = items.at(-1)![sk] as string
  }
}

/** Those of customers in sight. Who sees everything needs no look at the customers. */
async function inSight(ctx: Context, rows: Activity[]): Promise<Activity[]> {
  const { owners, pools, keepsPools } = await reachOf(ctx)
  if (owners === 'all' && pools === 'all' && keepsPools) return rows
  const ids = [...new Set(rows.map(({ customerId }) => customerId))]
  const seen = new Set<string>()
  for (const chunk of chunksOf(ids, pageSize)) for (const id of (await customersInSight(ctx, chunk)).keys()) seen.add(id)
  return rows.filter(({ customerId }) => seen.has(customerId))
}

/**
 * Searches what the caller and those below have logged, or all of the customers that the tree names. Activities have no cards:
 * an index serves the span of `at`, and everything in it is judged, up to a stated number.
 */
export async function searchActivities(ctx: Context, search: Search, limits = searchLimits): Promise<SearchPage<Activity>> {
  const customers = new Map<string, Customer>()
  const naming = (tree: Tree) => namingSurvivors(ctx, tree, customers)
  const query = await prepareSearch(ctx, 'activities', activityFields, search, '-at', naming)
  const read = { count: 0 }
  const all = (await Promise.all((await sourcesOf(ctx, query, customers)).map((source) => readSource(ctx, source, read, limits)))).flat()
  const recordText = ({ summary, outcome = '', location }: Activity) =>
    bitsOf(query.words, { texts: [summary, outcome, location?.text ?? ''].map(folded) }) === allBits(query.words)
  const searched = { catalogue: activityFields, isMasked: () => false, shownMasked: () => true, recordText }
  const matching = judgeRecords(query, searched, collect(orderBy(query.keys), 1, undefined), all)
  const seen = new Map((await inSight(ctx, matching)).map((activity) => [activity.id, activity]))
  const collector = collect(orderBy(query.keys), query.limit + 1, query.after)
  judgeRecords({ ...query, where: undefined, words: [] }, searched, collector, seen.values())
  const { total, rows } = collector.found()
  const page = rows.slice(0, query.limit)
  const next = rows.length > query.limit ? cursorBehind(ctx, query, page.at(-1)!) : null
  const ids = page.map(({ id }) => id)
  const data = query.idsOnly ? [] : ids.map((id) => seen.get(id)!)
  return { data, page: { next }, total, ids, fields: query.fields }
}
