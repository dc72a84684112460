import { type Figure, type Findings, round, table, together } from '../figures.ts'
import type { Progress } from '../progress.ts'
import type { Load } from './client.ts'
import type { CrmModule } from './crm.ts'
import { creating, editing } from './customers.ts'
import { looking } from './looking.ts'
import { paying } from './payments.ts'
import { reminding } from './reminding.ts'
import { selling } from './sales.ts'

const clientCounts = [1, 4, 16]
const creates = 400
const sales = 48

/** The workloads by which systems of this kind are compared, over real HTTP on this machine, against the system that a module opens. */
export async function sideBySideFindings(progress: Progress, module: string): Promise<Findings> {
  progress('side by side: starting the system')
  const { openCrm } = (await import(module)) as CrmModule
  const { newFirm, stop } = await openCrm()
  try {
    const crm = await newFirm()
    await creating(crm, 1, 100)
    const loads: Load[] = []
    const sold: Findings[] = []
    for (const clients of clientCounts) {
      progress(`side by side: ${creates} creates and ${sales} sales by ${clients} clients`)
      loads.push(await creating(crm, clients, creates))
      sold.push(await selling(crm, clients, sales))
    }
    for (const clients of clientCounts.slice(1)) {
      progress(`side by side: simultaneous edits and payments by ${clients} clients`)
      loads.push(await editing(crm, clients), await paying(crm, clients))
    }
    progress('side by side: reminders, twice')
    loads.push(...(await reminding(await newFirm())))
    progress('side by side: pages, a search and the overdue of 20,000 receivables')
    loads.push(...(await looking(await newFirm())))
    return together([ofLoads(loads), ...sold])
  } finally {
    await stop()
  }
}

/** What the conventional CRM took for the same, in milliseconds. */
const conventional = { overdue: 133, reminders: 2600 }

function ofLoads(loads: Load[]): Findings {
  const [single] = loads
  const sumOf = (count: (load: Load) => number) => loads.reduce((sum, load) => sum + count(load), 0)
  const [failures, lost] = [sumOf((load) => load.failures), sumOf((load) => load.lost)]
  const rows = loads.map(({ name, requests, p50, p95, cpu, failures, told, lost }) => [
    name,
    requests,
    round(p50, 1),
    round(p95, 1),
    cpu === undefined ? '' : round(cpu, 1),
    told ? `${failures} (${told})` : failures,
    lost,
  ])
  const head = ['work', 'requests', 'p50 ms', 'p95 ms', 'CPU ms per request', 'failures', 'lost']
  return {
    figures: [
      {
        id: 'side by side',
        what: 'customer create over HTTP, one client: p50 ms; CPU ms of server and database',
        value: `${round(single!.p50, 1)}; ${single!.cpu === undefined ? 'unknown' : round(single!.cpu, 1)}`,
        target: 'conventional CRM: 14; 13',
        reach: '',
        met: single!.p50 < 14 && (single!.cpu ?? 0) < 13,
      },
      {
        id: 'side by side',
        what: 'failed requests; lost edits, rounds of payments that took not exactly one, and reminders that were not sent once, of 1, 4 and 16 clients at once',
        value: `${failures}; ${lost}`,
        target: '0; 0',
        reach: '',
        met: failures === 0 && lost === 0,
      },
      timeOf(loads, '50 overdue', conventional.overdue),
      {
        ...timeOf(loads, '500 reminder', conventional.reminders),
        reason:
          'A mail is four calls, its claim and its mark among them, so that none goes out twice; one thread makes them and is also who takes the mails in here.',
      },
    ],
    counts: {},
    details: [`### Side by side, over HTTP on this machine\n\n${table(head, rows)}`],
  }
}

function timeOf(loads: Load[], name: string, limit: number): Figure {
  const load = loads.find((one) => one.name.startsWith(name))!
  return {
    id: 'side by side',
    what: `${load.name}: p50 ms`,
    value: `${round(load.p50, 1)}`,
    target: `conventional CRM: ${limit}`,
    reach: '',
    met: load.p50 < limit,
  }
}
