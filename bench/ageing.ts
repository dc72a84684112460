import { keepSumsOf } from '../domain/finance/ageing/keep-open-sums.ts'
import { putOpen } from '../domain/finance/ledger/open-item.ts'
import { post } from '../domain/finance/ledger/posting.table.ts'
import { createTenant } from '../domain/identity/tenant/change-tenant.ts'
import type { Context } from '../domain/kernel/context.ts'
import { addDays, today } from '../domain/kernel/dates.ts'
import { newId } from '../domain/kernel/ids.ts'
import { measure } from '../domain/store/capacity.ts'
import { handler as reports } from '../functions/http/reports/index.ts'
import { bareContext, tenantContext } from '../functions/runtime.ts'
import { batchWriter } from './batch-writer.ts'
import { answerTo } from './calls.ts'
import { type Findings, median, round, table } from './figures.ts'
import type { Progress } from './progress.ts'

const customers = 2_000
const perCustomer = 10
const recentPostings = 2_000
const tries = 5
const warmUp = 2

/** Receivables of ten for each customer, due from a year ago to two months ahead. */
async function fillOpen(ctx: Context): Promise<string[]> {
  const writer = batchWriter(ctx.db.table)
  const day = today(ctx)
  const homes = Array.from({ length: customers }, () => newId('cus', ctx.now()))
  for (const [i, home] of homes.entries())
    for (let n = 0; n < perCustomer; n++) {
      const dueOn = addDays(day, ((i * 7 + n * 41) % 425) - 365)
      const open = { id: newId('rcv', ctx.now(), home), home, balance: 10_000 + i * 13 + n, base: 10_000 + i * 13 + n, currency: 'CNY' }
      await writer.add(
        putOpen('CNY', { ...open, issuedOn: addDays(dueOn, -30), dueOn, ownerId: 'usr_01JD8ZQ4T5M6N7P8Q9R0S1T2V3' }).actions(ctx),
      )
    }
  await writer.end()
  return homes
}

/** Lines of the ledger from some day on, forward. */
async function fillPostings(ctx: Context, homes: string[], count: number, from: string): Promise<void> {
  const writer = batchWriter(ctx.db.table)
  for (let n = 0; n < count; n++) {
    const home = homes[n % homes.length]!
    const [on, receivableId] = [addDays(from, n % 28), newId('rcv', ctx.now(), home)]
    const part = { receivableId, amount: -100, base: -100, issuedOn: on, dueOn: on }
    await writer.add(post(ctx, home, { on, kind: 'write-off', customerId: home, currency: 'CNY', parts: [part] }).actions(ctx))
  }
  await writer.end()
}

interface Read {
  what: string
  units: number
  calls: number
  cpu: number
  outstanding: string
}

async function read(tenant: Parameters<typeof answerTo>[1], what: string, query: string, more = 0): Promise<Read> {
  const cpus: number[] = []
  let last = { units: 0, calls: 0, outstanding: '' }
  for (let i = 0; i < warmUp + tries + 2 * more; i++) {
    const before = process.cpuUsage()
    const { result, spent } = await measure(() => answerTo(reports, tenant, tenant.admin, `/v1/reports/receivables-ageing?${query}`))
    const { user, system } = process.cpuUsage(before)
    if (result.status !== 200) throw new Error(`The ageing was answered ${result.status}: ${result.plain}`)
    if (i >= warmUp + more) cpus.push((user + system) / 1000)
    last = { units: spent.readUnits, calls: spent.calls, outstanding: result.body().total.outstanding.amount }
  }
  return { what, ...last, cpu: median(cpus) }
}

/** P13: ageing of 20,000 open receivables, all of them read; and as of a past day, before and behind a longer history. */
export async function ageingFindings(progress: Progress): Promise<Findings> {
  const id = 'bench-ageing'
  progress(`ageing: ${customers * perCustomer} open receivables`)
  const { admin } = await createTenant(bareContext(id), {
    settings: { name: 'Bench', currency: 'CNY' },
    admin: { name: 'Ada', email: 'ada@bench.example', roles: ['admin'] },
  })
  const ctx = await tenantContext(id)
  const homes = await fillOpen(ctx)
  const [day, month] = [today(ctx), addDays(today(ctx), -28)]
  await fillPostings(ctx, homes, recentPostings, month)
  const tenant = { id, admin } as Parameters<typeof answerTo>[1]
  const now = await read(tenant, 'today', `asOf=${day}&limit=25`)
  progress('ageing: the sums that totals are read from')
  for (const home of homes) await keepSumsOf(ctx, home)
  const total = await read(tenant, 'today, the total alone', `asOf=${day}&groupBy=total`, 20)
  const past = await read(tenant, `28 days ago, ${recentPostings} postings since`, `asOf=${addDays(month, -1)}&groupBy=total`)
  await fillPostings(ctx, homes, 4 * recentPostings, addDays(month, -400))
  const longer = await read(tenant, `the same, ${4 * recentPostings} more postings before`, `asOf=${addDays(month, -1)}&groupBy=total`)
  const growth = longer.units - past.units
  if (total.outstanding !== now.outstanding) throw new Error(`The total is ${total.outstanding}, of all read it is ${now.outstanding}.`)
  return {
    figures: [
      {
        id: 'P13',
        what: `ageing of ${(customers * perCustomer).toLocaleString('en')} open receivables, all read, with a page of 25 customers: RRU; CPU ms; growth with older history`,
        value: `${now.units}; ${round(now.cpu, 0)}; ${growth}`,
        target: '600; 900; 0',
        reach: '',
        met: now.units <= 600 && now.cpu <= 900 && growth === 0,
        note: `CPU is that of the whole process, median of ${tries}. As of a past day the later postings are read too, 0.07 RRU each.`,
      },
      {
        id: 'P13',
        what: 'the totals of today from what is maintained: RRU; CPU ms',
        value: `${total.units}; ${round(total.cpu, 1)}`,
        target: '5; 10',
        reach: '',
        met: total.units <= 5 && total.cpu <= 10,
        note: 'Sums by due day, kept by a consumer; equal to the totals of everything that is open.',
      },
    ],
    counts: {
      'ageing of 20000 open: read units': now.units,
      'ageing, totals of today: read units': total.units,
      'ageing, growth with older history: read units': growth,
    },
    details: [
      `### Ageing of ${(customers * perCustomer).toLocaleString('en')} open receivables\n\n${table(
        ['as of', 'calls', 'RRU', 'CPU ms'],
        [now, total, past, longer].map(({ what, calls, units, cpu }) => [what, calls, units, round(cpu, 0)]),
      )}`,
    ],
  }
}
