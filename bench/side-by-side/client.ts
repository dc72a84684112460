import { percentile } from '../figures.ts'
import { cpuOfDescendants } from '../process-cpu.ts'

/** What one request came to. */
export interface Sent {
  status: number
  answer: Record<string, unknown>
  milliseconds: number
}

export type Call = (method: string, path: string, body?: object) => Promise<Sent>

/** What a workload of several clients over HTTP came to. */
export interface Load {
  name: string
  requests: number
  p50: number
  p95: number
  /** CPU of the server and its database per request; undefined where the system does not tell. */
  cpu: number | undefined
  /** Answers that are neither what was asked for nor a refusal the workload calls for. */
  failures: number
  /** What the first of them was told. */
  told: string | undefined
  /** Edits that are gone, or money that was taken twice. */
  lost: number
}

/** Calls an API over HTTP as whoever the token is of. */
export function callerAt(url: string, token: string): Call {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  return async (method, path, body) => {
    const started = performance.now()
    const response = await fetch(`${url}${path}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) })
    const text = await response.text()
    return { status: response.status, answer: text ? JSON.parse(text) : {}, milliseconds: performance.now() - started }
  }
}

/** The answer of a request that only prepares a workload: what it refuses stops the bench. */
export async function prepared(sent: Promise<Sent>): Promise<Record<string, unknown>> {
  const { status, answer } = await sent
  if (status >= 400) throw new Error(`Preparing a workload was answered ${status}: ${JSON.stringify(answer)}`)
  return answer
}

/** Lets as many clients as asked do `once` again and again, `count` times in all, and gives what they got. */
export async function byClients<T>(clients: number, count: number, once: (n: number) => Promise<T>): Promise<T[]> {
  const results: T[] = []
  let next = 0
  const client = async () => {
    for (let n = next++; n < count; n = next++) results.push(await once(n))
  }
  await Promise.all(Array.from({ length: clients }, client))
  return results
}

/** Runs a workload and answers what its requests took. */
export async function loaded(name: string, work: () => Promise<Sent[]>): Promise<Load> {
  const before = cpuOfDescendants()
  const answers = await work()
  const after = cpuOfDescendants()
  const failed = answers.filter(({ status }) => status >= 400)
  const times = answers.map(({ milliseconds }) => milliseconds)
  return {
    name,
    requests: answers.length,
    p50: percentile(times, 0.5),
    p95: percentile(times, 0.95),
    cpu: before === undefined || after === undefined ? undefined : (after - before) / answers.length,
    failures: failed.length,
    told: failed[0] && `${failed[0].status} ${failed[0].answer.code}`,
    lost: 0,
  }
}
