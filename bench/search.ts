import { measure } from '../domain/store/capacity.ts'
import { handler as parties } from '../functions/http/parties/index.ts'
import { answerTo } from './calls.ts'
import { type Findings, median, round, table } from './figures.ts'
import type { BenchTenant } from './fill.ts'

const tries = 7
const warmUp = 3

/** Searches that no index serves, each over every customer of the tenant. */
const searches: Record<string, object> = {
  'two fields and a negation, in another order': {
    where: {
      and: [
        {
          or: [
            { field: 'level', op: 'in', value: ['key-major', 'key-secondary'] },
            { field: 'addresses.city', op: 'contains', value: '上海' },
          ],
        },
        { not: { field: 'industry', op: 'eq', value: '机械' } },
      ],
    },
    sort: 'name',
  },
  'text, with the contacts': { text: '明辉 电子' },
  'everything, sorted by name': { sort: '-name' },
  nothing: { where: { field: 'tags', op: 'contains', value: 'no such tag' } },
}

interface Measured {
  name: string
  units: number
  calls: number
  total: number
  cpu: number
  bytes: number
}

async function measured(tenant: BenchTenant, name: string, body: object): Promise<Measured> {
  const cpus: number[] = []
  let last: Omit<Measured, 'cpu' | 'name'> | undefined
  for (let i = 0; i < warmUp + tries; i++) {
    const before = process.cpuUsage()
    const { result, spent } = await measure(() => answerTo(parties, tenant, tenant.admin, '/v1/customers/search', { method: 'POST', body }))
    const { user, system } = process.cpuUsage(before)
    if (result.status !== 200) throw new Error(`The search "${name}" was answered ${result.status}: ${result.plain}`)
    if (i >= warmUp) cpus.push((user + system) / 1000)
    last = { units: spent.readUnits, calls: spent.calls, total: result.body().total, bytes: result.plain.length }
  }
  return { name, ...last!, cpu: median(cpus) }
}

/** P8b: free search over every customer of a tenant: what it reads and what CPU the function uses, network and parsing included. */
export async function searchFindings(tenant: BenchTenant): Promise<Findings> {
  const all: Measured[] = []
  for (const [name, body] of Object.entries(searches)) all.push(await measured(tenant, name, body))
  const [first] = all as [Measured]
  const size = tenant.size.toLocaleString('en')
  const rows = all.map(({ name, calls, units, total, cpu }) => [name, calls, units, total, round(cpu, 0)])
  return {
    figures: [
      {
        id: 'P8b',
        what: `RRU; CPU ms of a free search over ${size} customers by three fields, in an order of its own, with the exact total`,
        value: `${first.units}; ${round(first.cpu, 0)}`,
        target: '3,200; 700 (at 100,000)',
        reach: '100; 150 by a snapshot and its changes',
        met: first.units <= 3200 && first.cpu <= 700,
        note: `Every customer is judged by its card; the page of 25 is then read whole. CPU is that of the whole process, receiving and parsing ${Math.round((first.units * 8) / 1024)} MB included; median of ${tries}.`,
      },
    ],
    counts: Object.fromEntries(all.map(({ name, units }) => [`${tenant.size}: search, ${name}: read units`, units])),
    details: [`### Free search over ${size} customers, as admin\n\n${table(['search', 'calls', 'RRU', 'matches', 'CPU ms'], rows)}`],
  }
}
