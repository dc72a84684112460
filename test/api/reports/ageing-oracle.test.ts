import { expect, test } from 'vitest'
import { checkBooks, checkOpenSums } from '../../../domain/finance/index.ts'
import { rekeyBooks } from '../../../domain/finance/rekey-books.ts'
import { addDays } from '../../../domain/kernel/dates.ts'
import { handler as keepOpenSums } from '../../../functions/consumers/finance/keep-open-sums-on-books-changed.ts'
import { consumers } from '../../../functions/manifest.ts'
import { callAs } from '../../support/api.ts'
import { deliver } from '../../support/deliver.ts'
import { merged } from '../../support/merge.ts'
import { countMonths } from '../../support/month-ends.ts'
import { seed, tries } from '../../support/share.ts'
import { type Journal, randomOf, type Trade, trade } from '../../support/trade.ts'

const booksChanged = consumers
  .find(({ name }) => name === 'keep-open-sums-on-books-changed')!
  .detailTypes.map((type) => type.slice(0, type.lastIndexOf('.')))

type Sums = Record<string, number>
const lasts: [string, number][] = [
  ['d1to30', 30],
  ['d31to60', 60],
  ['d61to90', 90],
  ['d91to180', 180],
  ['over180', Number.POSITIVE_INFINITY],
]
const figures = ['notDue', ...lasts.map(([name]) => name), 'unallocated', 'outstanding']
const nothing = (): Sums => Object.fromEntries([...figures, 'count', 'overdueCount'].map((name) => [name, 0]))
const dayOf = (date: string) => Math.round(Date.parse(date) / 86_400_000)

/** Ageing from the journal alone: every line up to the day, item by item. */
function computed(
  { items, lines }: Journal,
  asOf: string,
  by: 'dueOn' | 'issuedOn',
  keyOf: (customer: number, currency: string) => string,
  inBase = true,
) {
  const left = new Map<string, number>()
  for (const { item, on, units } of lines) if (on <= asOf) left.set(item, (left.get(item) ?? 0) + units)
  const rows = new Map<string, Sums>()
  for (const [id, units] of left) {
    if (units === 0) continue
    const item = items.get(id)!
    const amount = Math.round(units * (inBase ? item.rate : 1))
    const key = keyOf(item.customer, item.currency)
    const sums = rows.get(key) ?? nothing()
    rows.set(key, sums)
    if (item.kind === 'credit') {
      sums.unallocated! += amount
      sums.outstanding! -= amount
      continue
    }
    const days = dayOf(asOf) - dayOf(item[by])
    const name = by === 'dueOn' && days <= 0 ? 'notDue' : lasts.find(([, last]) => days <= last)![0]
    sums[name]! += amount
    sums.outstanding! += amount
    sums.count! += 1
    if (dayOf(asOf) > dayOf(item.dueOn)) sums.overdueCount! += 1
  }
  return rows
}

// biome-ignore lint/suspicious/noExplicitAny: rows are read as they are
const shown = (row: any): Sums => ({
  ...Object.fromEntries(figures.map((name) => [name, Math.round(Number(row[name].amount) * 100)])),
  count: row.count,
  overdueCount: row.overdueCount,
})

const edges = [0, 1, 30, 31, 60, 61, 90, 91, 180, 181]

/** Days on which a rule of ageing changes over: edges of some receivables, ends of months, 29 February, before all and ahead. */
function daysToCheck({ items }: Journal, random: (below: number) => number, count: number): string[] {
  const all = [...items.values()].filter(({ kind }) => kind === 'receivable')
  const fixed = [
    '2023-09-14',
    '2024-02-29',
    '2027-03-01',
    ...(count < 10 ? [] : ['2023-09-15', '2024-02-28', '2024-12-31', '2025-02-28', '2026-06-30']),
  ]
  const some = Array.from({ length: count }, (_, i) => {
    const { dueOn, issuedOn } = all[random(all.length)]!
    return i % 3 === 2 ? addDays(issuedOn, edges[i % edges.length]!) : addDays(dueOn, edges[i % edges.length]!)
  })
  return [...new Set([...fixed, ...some])].sort()
}

/** Everything that a report says of a day, against the journal. */
async function compare(
  { journal, tenant, customers }: Trade,
  survivorOf: (customer: number) => number,
  asOf: string,
  by: 'dueOn' | 'issuedOn',
): Promise<void> {
  const ask = async (query: string) =>
    (await callAs(tenant.id, tenant.admin)(`/v1/reports/receivables-ageing?asOf=${asOf}&ageBy=${by}&limit=100${query}`)).body
  const [byCustomer, byRep, total] = [await ask(''), await ask('&groupBy=rep'), await ask('&groupBy=total')]
  const idOf = (customer: number) => customers[survivorOf(customer)]!.id
  const repOf = (customer: number) => String(customers[survivorOf(customer)]!.ownerId)
  const whole = computed(journal, asOf, by, () => 'all').get('all') ?? nothing()
  const rowsOf = (rows: { key: string | null }[]) => Object.fromEntries(rows.map((row) => [String(row.key), shown(row)]))
  const at = `as of ${asOf} by ${by}`

  for (const report of [byCustomer, byRep, total]) expect(shown(report.total), at).toEqual(whole)
  expect(rowsOf(byCustomer.rows), at).toEqual(Object.fromEntries(computed(journal, asOf, by, idOf)))
  expect(rowsOf(byRep.rows), at).toEqual(Object.fromEntries(computed(journal, asOf, by, repOf)))
  const own = computed(journal, asOf, by, (_, currency) => currency, false)
  if ([...own.keys()].some((currency) => currency !== 'CNY'))
    expect(Object.fromEntries(byCustomer.byCurrency.map((row: { currency: string }) => [row.currency, shown(row)])), at).toEqual(
      Object.fromEntries(own),
    )
}

const invoices = tries({ test: 40, faults: 2_000, nightly: 6_000 })
const checked = tries({ test: 4, faults: 60, nightly: 200 })

test(`ageing of ${invoices} receivables of three years is what a plain journal comes to on any day, seed ${seed}`, {
  timeout: 3_600_000,
}, async () => {
  const made = await trade(seed, invoices, countMonths)
  const { tenant, customers, reps, journal } = made
  const random = randomOf(seed + 1)
  const days = daysToCheck(journal, random, checked)
  const itself = (customer: number) => customer
  const call = callAs(tenant.id, tenant.admin)
  const ctx = await tenant.as(tenant.admin)

  await deliver(ctx, keepOpenSums, booksChanged)
  for (const [i, day] of days.entries()) await compare(made, itself, day, i % 3 === 0 ? 'issuedOn' : 'dueOn')

  // The customers of one rep go to another and into the pool, the rep leaves, two customers become one.
  await call(`/v1/customers/${customers[0]!.id}/assign`, { body: { ownerId: reps[1]!.id } })
  await call(`/v1/customers/${customers[3]!.id}/release`, { body: { reason: 'no more business' } })
  await rekeyBooks(ctx, customers[0]!.id)
  await rekeyBooks(ctx, customers[3]!.id)
  await merged(ctx, customers[1]!.id, { duplicateId: customers[2]!.id })
  await call(`/v1/users/${reps[0]!.id}`, { method: 'PATCH', body: { active: false } })
  customers[0]!.ownerId = reps[1]!.id
  customers[3]!.ownerId = null
  await countMonths(ctx)
  for (const day of days.filter((_, i) => i % 4 === 0)) await compare(made, (customer) => (customer === 2 ? 1 : customer), day, 'dueOn')

  expect([...(await checkBooks(ctx)), ...(await checkOpenSums(ctx))]).toEqual([])
})
