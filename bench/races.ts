import { startServer, type TestServer } from '../test/support/server.ts'
import { type Findings, percentile, round, table } from './figures.ts'
import { cpuOfDescendants } from './process-cpu.ts'
import type { Progress } from './progress.ts'

/** What a workload of several clients over HTTP came to. */
interface Load {
  name: string
  requests: number
  p50: number
  p95: number
  /** CPU of the server and its database per request; undefined where the system does not tell. */
  cpu: number | undefined
  failures: number
  lost: number
}

const creates = 400
const rounds = 25
const clientCounts = [1, 4, 16]

/** The fields that the clients of one round set, each its own. */
const fields: [string, (round: number) => unknown][] = [
  ['shortName', (n) => `short ${n}`],
  ['taxNumber', (n) => `TAX${n}`],
  ['industry', (n) => `industry ${n}`],
  ['source', (n) => `source ${n}`],
  ['priceLevel', (n) => `level ${n}`],
  ['notes', (n) => `notes ${n}`],
  ['email', (n) => `mail${n}@example.com`],
  ['website', (n) => `https://example.com/${n}`],
  ['aliases', (n) => [`alias ${n}`]],
  ['phones', (n) => [`021-${10_000_000 + n}`]],
  ['tags', (n) => [`tag ${n}`]],
  ['holdWhenOverdueDays', (n) => n],
  ['creditLimit', (n) => ({ amount: `${1000 + n}.00`, currency: 'CNY' })],
  ['overdueLimit', (n) => ({ amount: `${2000 + n}.00`, currency: 'CNY' })],
  ['poor', (n) => n % 2 === 0],
  ['addresses', (n) => [{ kind: 'office', line: `street ${n}` }]],
]

/** Creates and simultaneous edits over real HTTP against the whole system on this machine, as it is compared with other CRMs. */
export async function raceFindings(progress: Progress): Promise<Findings> {
  progress('races: starting the server')
  const server = await startServer()
  try {
    const call = caller(server, await server.token('admin@demo.example'))
    await creating(call, 1, 100)
    const loads: Load[] = []
    for (const clients of clientCounts) {
      progress(`races: ${creates} creates by ${clients} clients`)
      loads.push(await creating(call, clients, creates))
    }
    for (const clients of [4, 16]) {
      progress(`races: ${rounds} rounds of ${clients} simultaneous edits`)
      loads.push(await editing(call, clients))
    }
    return findings(loads)
  } finally {
    await server.stop()
  }
}

type Call = ReturnType<typeof caller>

function caller(server: TestServer, token: string) {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  return async (method: string, path: string, body?: object) => {
    const started = performance.now()
    const response = await fetch(`${server.url}${path}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) })
    const answer = (await response.json()) as Record<string, unknown>
    return { status: response.status, answer, milliseconds: performance.now() - started }
  }
}

/** Runs `work` for each client and answers what it took. */
async function loaded(name: string, requests: number, work: () => Promise<{ status: number; milliseconds: number }[]>): Promise<Load> {
  const before = cpuOfDescendants()
  const answers = await work()
  const after = cpuOfDescendants()
  const times = answers.map(({ milliseconds }) => milliseconds)
  return {
    name,
    requests,
    p50: percentile(times, 0.5),
    p95: percentile(times, 0.95),
    cpu: before === undefined || after === undefined ? undefined : (after - before) / requests,
    failures: answers.filter(({ status }) => status >= 400).length,
    lost: 0,
  }
}

let made = 0

async function creating(call: Call, clients: number, count: number): Promise<Load> {
  let left = count
  const client = async () => {
    const answers: { status: number; milliseconds: number }[] = []
    while (left-- > 0) {
      const number = ++made
      answers.push(
        await call('POST', '/v1/customers', {
          name: `对比客户 ${number}`,
          externalId: `race-${number}`,
          phones: [`021-${10_000_000 + number}`],
        }),
      )
    }
    return answers
  }
  return loaded(`customer create, ${clients} clients`, count, async () =>
    (await Promise.all(Array.from({ length: clients }, client))).flat(),
  )
}

/** In each round every client sets a field of its own of one record at the same moment; afterwards each must stand. */
async function editing(call: Call, clients: number): Promise<Load> {
  const created = await call('POST', '/v1/customers', { name: `同时修改 ${clients}` })
  const path = `/v1/customers/${created.answer.id}`
  let lost = 0
  const load = await loaded(`simultaneous edits of one record, ${clients} clients`, rounds * clients, async () => {
    const answers: { status: number; milliseconds: number }[] = []
    for (let n = 1; n <= rounds; n++) {
      const edits = fields.slice(0, clients).map(([field, valueAt]) => ({ field, value: valueAt(n) }))
      answers.push(...(await Promise.all(edits.map(({ field, value }) => call('PATCH', path, { [field]: value })))))
      const { answer } = await call('GET', path)
      lost += edits.filter(({ field, value }) => !contains(answer[field], value)).length
    }
    return answers
  })
  return { ...load, lost }
}

/** The answer fills what was not sent with null, also inside of an address. */
function contains(answer: unknown, sent: unknown): boolean {
  if (typeof sent !== 'object' || sent === null) return answer === sent
  return Object.entries(sent).every(([name, value]) => contains((answer as Record<string, unknown> | null)?.[name], value))
}

function findings(loads: Load[]): Findings {
  const [single] = loads
  const failures = loads.reduce((sum, load) => sum + load.failures, 0)
  const lost = loads.reduce((sum, load) => sum + load.lost, 0)
  const rows = loads.map(({ name, requests, p50, p95, cpu, failures, lost }) => [
    name,
    requests,
    round(p50, 1),
    round(p95, 1),
    cpu === undefined ? '' : round(cpu, 1),
    failures,
    lost,
  ])
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
        what: 'failed requests; lost edits, of 4 and 16 clients at once',
        value: `${failures}; ${lost}`,
        target: '0; 0',
        reach: '',
        met: failures === 0 && lost === 0,
      },
    ],
    counts: {},
    details: [
      `### Side by side, over HTTP on this machine\n\n${table(['work', 'requests', 'p50 ms', 'p95 ms', 'CPU ms per request', 'failures', 'lost'], rows)}`,
    ],
  }
}
