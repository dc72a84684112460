import { startServer } from '../../test/support/server.ts'
import { type Findings, round, table, together } from '../figures.ts'
import type { Progress } from '../progress.ts'
import { callerAt, type Load } from './client.ts'
import { creating, editing } from './customers.ts'
import { paying } from './payments.ts'
import { selling } from './quote-to-cash.ts'

const clientCounts = [1, 4, 16]
const creates = 400
const sales = 48

/** The workloads by which systems of this kind are compared, over real HTTP against the whole system on this machine. */
export async function sideBySideFindings(progress: Progress): Promise<Findings> {
  progress('side by side: starting the server')
  const server = await startServer()
  try {
    const call = callerAt(server.url, await server.token('admin@demo.example'))
    await creating(call, 1, 100)
    const loads: Load[] = []
    const sold: Findings[] = []
    for (const clients of clientCounts) {
      progress(`side by side: ${creates} creates and ${sales} sales by ${clients} clients`)
      loads.push(await creating(call, clients, creates))
      sold.push(await selling(call, clients, sales))
    }
    for (const clients of clientCounts.slice(1)) {
      progress(`side by side: simultaneous edits and payments by ${clients} clients`)
      loads.push(await editing(call, clients), await paying(call, clients))
    }
    return together([ofLoads(loads), ...sold])
  } finally {
    await server.stop()
  }
}

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
        what: 'failed requests; lost edits and rounds of payments that took not exactly one, of 4 and 16 clients at once',
        value: `${failures}; ${lost}`,
        target: '0; 0',
        reach: '',
        met: failures === 0 && lost === 0,
      },
    ],
    counts: {},
    details: [`### Side by side, over HTTP on this machine\n\n${table(head, rows)}`],
  }
}
