import { type Findings, percentile, round, table } from './figures.ts'
import type { BenchTenant } from './fill.ts'
import type { CpuOrder, CpuSample } from './handler-cpu.ts'
import { measuredIn } from './measured-process.ts'

const warmUp = 1000
const requests = 4000

/** P12: CPU of a warm handler per request, in a process of its own. */
export async function cpuFindings(tenant: BenchTenant): Promise<Findings & { mean: number }> {
  const samples = await measuredIn<CpuSample[]>('handler-cpu.ts', { tenant, warmUp, requests } satisfies CpuOrder)
  const all = samples.map(({ cpu }) => cpu)
  const p50 = percentile(all, 0.5)
  const p99 = percentile(all, 0.99)
  const mean = all.reduce((sum, cpu) => sum + cpu, 0) / all.length
  const kinds = [...new Set(samples.map(({ kind }) => kind))]
  const rows = kinds.map((kind) => {
    const of = samples.filter((sample) => sample.kind === kind).map(({ cpu }) => cpu)
    return [kind, of.length, round(percentile(of, 0.5)), round(percentile(of, 0.99))]
  })
  return {
    mean,
    figures: [
      {
        id: 'P12',
        what: 'CPU ms of a warm handler per request, p50 / p99',
        value: `${round(p50)} / ${round(p99)} (mean ${round(mean)})`,
        target: '3 / 10',
        reach: '1.5 / 5',
        met: p50 <= 3 && p99 <= 10,
        reason:
          'A create is one request in ten, so that the p99 of all is about the p90 of creates: the duplicate check compares the candidates of a name, and one transaction carries the record, its guards and the entries of its name.',
        note: `${requests} requests one after the other after ${warmUp} to warm up: six gets, two lists of 25, one change and one create in ten.`,
      },
    ],
    counts: {},
    details: [`### CPU ms of the handler\n\n${table(['request', 'requests', 'p50', 'p99'], rows)}`],
  }
}
