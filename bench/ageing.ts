import { keepSumsOf } from '../domain/finance/ageing/keep-open-sums.ts'
import { createTenant } from '../domain/identity/tenant/change-tenant.ts'
import { addDays, today } from '../domain/kernel/dates.ts'
import { measure } from '../domain/store/capacity.ts'
import { handler as reports } from '../functions/http/reports/index.ts'
import { bareContext, tenantContext } from '../functions/runtime.ts'
import { countMonths, customers, fillHistory, fillOpen, fillOpenings, noon, perCustomer } from './ageing-fill.ts'
import { answerTo } from './calls.ts'
import { type Findings, median, round, table } from './figures.ts'
import type { Progress } from './progress.ts'

const history = 1_000
const tries = 5
const warmUp = 2

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

/** A firm that has been here for three years, with what is open in it now. */
async function openFirm(id: string, opened: string) {
  const { admin } = await createTenant(
    { ...bareContext(id), now: () => noon(opened) },
    { settings: { name: 'Bench', currency: 'CNY' }, admin: { name: 'Ada', email: 'ada@bench.example', roles: ['admin'] } },
  )
  const ctx = await tenantContext(id)
  const tenant = { id, admin } as Parameters<typeof answerTo>[1]
  return { ctx, tenant, homes: await fillOpen(ctx) }
}

/** As of a day two years ago: with a history of two years since, and with five times as much since and before. */
async function pastReads({ ctx, tenant, homes }: Awaited<ReturnType<typeof openFirm>>, today: string, progress: Progress) {
  const [opened, asOf] = [addDays(today, -900), addDays(today, -730)]
  progress('ageing: two years of history')
  await fillOpenings(ctx, homes, opened)
  await fillHistory(ctx, homes, history, { from: addDays(today, -680), months: 22 })
  await countMonths(ctx)
  const past = await read(tenant, `two years ago, ${history} postings since`, `asOf=${asOf}&groupBy=total`)
  progress('ageing: five times as much history')
  await fillHistory(ctx, homes, 4 * history, { from: addDays(today, -680), months: 22 })
  await fillHistory(ctx, homes, history, { from: addDays(opened, -170), months: 5 })
  await countMonths(ctx)
  const longer = await read(tenant, `the same, ${5 * history} since and ${history} before`, `asOf=${asOf}&groupBy=total`)
  if (longer.outstanding !== past.outstanding) throw new Error(`What was open is ${longer.outstanding}, it was ${past.outstanding}.`)
  return { past, longer }
}

/** P13: ageing of 20,000 open receivables, all of them read; today's totals; as of a day two years ago, with a longer history. */
export async function ageingFindings(progress: Progress): Promise<Findings> {
  progress(`ageing: ${customers * perCustomer} open receivables`)
  const firm = await openFirm('bench-ageing', addDays(new Date().toISOString().slice(0, 10), -1100))
  const { ctx, tenant, homes } = firm
  const day = today(ctx)
  const now = await read(tenant, 'today', `asOf=${day}&limit=25`)
  progress('ageing: the sums that totals are read from')
  for (const home of homes) await keepSumsOf(ctx, home)
  const total = await read(tenant, 'today, the total alone', `asOf=${day}&groupBy=total`, 20)
  if (total.outstanding !== now.outstanding) throw new Error(`The total is ${total.outstanding}, of all read it is ${now.outstanding}.`)
  const { past, longer } = await pastReads(firm, day, progress)
  return findingsOf({ now, total, past, longer })
}

/** The figures of P13, the counts that are held, and what is behind them. */
function findingsOf({ now, total, past, longer }: Record<'now' | 'total' | 'past' | 'longer', Read>): Findings {
  const growth = longer.units - past.units
  const all = (customers * perCustomer).toLocaleString('en')
  return {
    figures: [
      {
        id: 'P13',
        what: `ageing of ${all} open receivables, all read, with a page of 25 customers: RRU; CPU ms`,
        value: `${now.units}; ${round(now.cpu, 0)}`,
        target: '600; 900',
        reach: '',
        met: now.units <= 600 && now.cpu <= 900,
        note: `CPU is that of the whole process, median of ${tries}.`,
      },
      {
        id: 'P13',
        what: `ageing of as many as of a day two years ago: RRU; CPU ms; growth of RRU with five times the history`,
        value: `${past.units}; ${round(past.cpu, 0)}; ${growth}`,
        target: '600; 900; 0',
        reach: '',
        met: past.units <= 600 && past.cpu <= 900 && growth === 0,
        note: 'Read from the end of that month, with what counts from its later days taken back.',
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
      'ageing, as of two years ago: read units': past.units,
      'ageing, as of two years ago, growth with history: read units': growth,
    },
    details: [
      `### Ageing of ${all} open receivables\n\n${table(
        ['as of', 'calls', 'RRU', 'CPU ms'],
        [now, total, past, longer].map(({ what, calls, units, cpu }) => [what, calls, units, round(cpu, 0)]),
      )}`,
    ],
  }
}
