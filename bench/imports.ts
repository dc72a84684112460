import { startServer, type TestServer } from '../test/support/server.ts'
import { inventedFirms } from './duplicates/invented-firms.ts'
import { type Findings, round, table } from './figures.ts'
import { cpuOfDescendants, memoryOfServer } from './process-cpu.ts'
import type { Progress } from './progress.ts'

const cities = ['宁波', '上海', '杭州', '广州', '成都']
/** The heap that the server is given for its functions, gateway and queues together: with less than the work needs it would die. */
const heapMiB = 200
/** Short-lived values are collected less often: with 16 MiB for them an import takes a sixth less CPU than with Node's own choice. */
const youngMiB = 16

const levels = ['重要', '次要', '普通', '小']

/** A sheet as firms bring it: Chinese headings, a dozen columns, names as the trade register has them. */
function sheetOf(rows: number): Buffer {
  const lines = ['客户名称,电话,邮箱,行业,来源,城市,地址,标签,客户级别,编号,备注']
  for (const [n, name] of inventedFirms(rows, 20261121).entries()) {
    const city = cities[n % cities.length]
    const phone = `0574-${10_000_000 + n}`
    lines.push(
      `${name},${phone},office${n}@firm${n}.example,贸易,展会,${city},${city}大道 ${n} 号,"展会;2026",${levels[n % levels.length]},B-${n},"第 ${n} 家，老客户介绍"`,
    )
  }
  return Buffer.from(`${lines.join('\r\n')}\r\n`)
}

/** What a job took on this machine, with everything that it set off. */
interface Took {
  what: string
  rows: number
  seconds: number
  cpuSeconds: number | undefined
  /** The most that the server had in memory meanwhile, and what it had before. */
  peakMiB: number | undefined
  beforeMiB: number | undefined
}

type Call = <T>(method: string, path: string, body?: object) => Promise<T>

function caller(server: TestServer, token: string): Call {
  return async <T>(method: string, path: string, body?: object) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const response = await fetch(`${server.url}${path}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) })
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    return (await response.json()) as T
  }
}

interface Job {
  id: string
  status: string
  rows: { created: number; failed: number } | number
  problem: unknown
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Waits until a job is over, and tells what it took. */
async function measured(what: string, rows: number, begin: () => Promise<string>, call: Call, progress: Progress): Promise<Took> {
  const [started, cpu, beforeMiB] = [performance.now(), cpuOfDescendants(), memoryOfServer()]
  const path = await begin()
  let peakMiB = beforeMiB
  for (;;) {
    await pause(250)
    peakMiB = Math.max(peakMiB ?? 0, memoryOfServer() ?? 0) || undefined
    const job = await call<Job>('GET', path)
    progress(`imports: ${what}: ${typeof job.rows === 'number' ? job.rows : job.rows.created} of ${rows}`)
    if (job.status === 'running') continue
    if (job.status !== 'done') throw new Error(`${what} ended as ${job.status}: ${JSON.stringify(job.problem)}`)
    const spent = cpuOfDescendants()
    const cpuSeconds = cpu === undefined || spent === undefined ? undefined : (spent - cpu) / 1000
    return { what, rows, seconds: (performance.now() - started) / 1000, cpuSeconds, peakMiB, beforeMiB }
  }
}

/** A server of its own imports a sheet of customers and exports it again, as it is done over HTTP. */
export async function importFindings(progress: Progress, rows = 20_000): Promise<Findings> {
  progress('imports: starting the server')
  const before = process.env.NODE_OPTIONS
  process.env.NODE_OPTIONS = [before, `--max-old-space-size=${heapMiB} --max-semi-space-size=${youngMiB}`].filter(Boolean).join(' ')
  const server = await startServer()
  if (before === undefined) delete process.env.NODE_OPTIONS
  else process.env.NODE_OPTIONS = before
  try {
    const call = caller(server, await server.token('admin@demo.example'))
    const bytes = sheetOf(rows)
    const imported = await measured('import of customers', rows, () => importing(call, bytes), call, progress)
    await server.control('settle')
    const exports: Took[] = []
    for (const format of ['csv', 'xlsx'] as const) {
      const begin = async () => `/v1/exports/${(await call<Job>('POST', '/v1/exports', { kind: 'customers', format })).id}`
      exports.push(await measured(`export as ${format.toUpperCase()}`, rows, begin, call, progress))
    }
    return findings(imported, exports)
  } finally {
    await server.stop()
  }
}

async function importing(call: Call, bytes: Buffer): Promise<string> {
  const { id, upload } = await call<Job & { upload: { url: string; headers: Record<string, string> } }>('POST', '/v1/imports', {
    ...{ kind: 'customers', fileName: 'customers.csv', size: bytes.length },
  })
  await fetch(upload.url, { method: 'PUT', headers: upload.headers, body: bytes as never })
  await call('POST', `/v1/imports/${id}/start`, {})
  return `/v1/imports/${id}`
}

const seconds = ({ seconds, cpuSeconds }: Took) =>
  `${round(seconds, 1)} s; CPU ${cpuSeconds === undefined ? 'unknown' : `${round(cpuSeconds, 1)} s`}`

function findings(imported: Took, exports: Took[]): Findings {
  const slowest = exports.reduce((a, b) => (a.seconds > b.seconds ? a : b))
  const all = [imported, ...exports]
  const isKnown = all.every(({ peakMiB, beforeMiB }) => peakMiB !== undefined && beforeMiB !== undefined)
  const grown = Math.round(Math.max(...all.map(({ peakMiB = 0, beforeMiB = 0 }) => peakMiB - beforeMiB)))
  const rows = [imported, ...exports].map((took) => [
    ...[took.what, took.rows, round(took.seconds, 1), took.cpuSeconds === undefined ? '' : round(took.cpuSeconds, 1)],
    ...[took.beforeMiB === undefined ? '' : Math.round(took.beforeMiB), took.peakMiB === undefined ? '' : Math.round(took.peakMiB)],
  ])
  const head = ['job', 'rows', 'seconds', 'CPU s of server and database', 'server before MiB', 'server peak MiB']
  return {
    figures: [
      {
        ...{ id: 'imports', what: `import of ${imported.rows.toLocaleString('en')} customers over HTTP`, value: seconds(imported) },
        ...{ target: '240 s', reach: '', met: imported.seconds < 240 },
      },
      {
        ...{
          id: 'imports',
          what: `export of ${slowest.rows.toLocaleString('en')} customers, all columns, the slower format`,
          value: seconds(slowest),
        },
        ...{ target: '20 s', reach: '', met: slowest.seconds < 20 },
      },
      {
        ...{
          id: 'imports',
          what: `memory that the server held more at the peak of a job than before it, its heap limited to ${heapMiB} MiB`,
        },
        ...{ value: isKnown ? `${grown} MiB` : 'unknown', target: '200 MB', reach: '', met: isKnown && grown * 2 ** 20 <= 200e6 },
      },
    ],
    counts: {},
    details: [`### Imports and exports, over HTTP on this machine\n\n${table(head, rows)}`],
  }
}
