/**
 * `npm run security [-- --seed N] [file …]`: the authorization matrix, the fuzzer and the attacks, whole, with their counts. A whole run
 * writes its part of docs/figures.md.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { table } from '../bench/figures.ts'
import { writePart } from '../bench/figures-page.ts'
import { machine } from '../bench/machine.ts'
import type { CaseCount } from './support/cases.ts'

const root = join(import.meta.dirname, '..')
const { values, positionals } = parseArgs({ options: { seed: { type: 'string' } }, allowPositionals: true })
const files = positionals.length > 0 ? positionals : ['test/security', 'test/contract/fuzz.test.ts']
/** A run that tries fewer has lost its cases, and proves nothing. */
const least: Record<string, number> = { 'authorization matrix': 1500, attacks: 600 }

/** The counts of all files; a kind that several of them try is one. */
function countsIn(report: string): CaseCount[] {
  const lines = existsSync(report) ? readFileSync(report, 'utf8').split('\n').filter(Boolean) : []
  const byKind = new Map<string, CaseCount>()
  for (const line of lines) {
    const { area, kind, tried, hits, left }: CaseCount = JSON.parse(line)
    const sum = byKind.get(`${area} ${kind}`) ?? { area, kind, tried: 0, hits: [], left: {} }
    for (const [reason, many] of Object.entries(left)) sum.left[reason] = (sum.left[reason] ?? 0) + many
    byKind.set(`${area} ${kind}`, { ...sum, tried: sum.tried + tried, hits: [...sum.hits, ...hits] })
  }
  return [...byKind.values()]
}

const row = (kind: string, tried: number | string, hits: number | string, left: number | string) =>
  console.log(`${kind.padEnd(52)}${String(tried).padStart(9)}${String(hits).padStart(7)}${String(left).padStart(10)}`)
const leftOf = ({ left }: CaseCount) => Object.values(left).reduce((sum, many) => sum + many, 0)
const sumOf = (counts: CaseCount[], of: (count: CaseCount) => number) => counts.reduce((sum, count) => sum + of(count), 0)

function print(counts: CaseCount[]): void {
  for (const area of new Set(counts.map((count) => count.area))) {
    const own = counts.filter((count) => count.area === area)
    console.log('')
    row(area, 'tried', 'hits', 'left out')
    for (const count of own) row(`  ${count.kind}`, count.tried, count.hits.length, leftOf(count))
    row(
      '  all',
      sumOf(own, ({ tried }) => tried),
      sumOf(own, ({ hits }) => hits.length),
      sumOf(own, leftOf),
    )
  }
  console.log('\nleft out, and why')
  for (const { kind, left } of counts) for (const [reason, many] of Object.entries(left)) console.log(`  ${many} × ${kind}: ${reason}`)
  console.log('\nhits')
  for (const { kind, hits } of counts) for (const hit of hits) console.log(`  ${kind}: ${hit}`)
  if (counts.every(({ hits }) => hits.length === 0)) console.log('  none')
  console.log(`\n${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}`)
}

/** The counts by area, as they stand in docs/figures.md. */
function written(counts: CaseCount[]): string {
  const areas = [...Map.groupBy(counts, ({ area }) => area)].sort(([a], [b]) => a.localeCompare(b))
  const lines = areas.flatMap(([area, own]) => [
    ...own.map((count) => [`${area}: ${count.kind}`, count.tried, count.hits.length, leftOf(count)]),
    [
      `**${area}**`,
      ...[({ tried }: CaseCount) => tried, ({ hits }: CaseCount) => hits.length, leftOf].map((of) => `**${sumOf(own, of)}**`),
    ],
  ])
  const words =
    'Written by `npm run security`, which prints why each case that was left out was. A hit is a case that was answered otherwise than it must be.'
  return ['## Security', words, machine('dynoxide').join('\n'), table(['cases', 'tried', 'hits', 'left out'], lines)].join('\n\n')
}

const folder = mkdtempSync(join(tmpdir(), 'guanxi-security-'))
const report = join(folder, 'cases.jsonl')
// A firm of a test asks for more in a minute than one may: being told so would be no proof of anything.
const RATE_LIMIT_PER_MINUTE = '1000000'
const { status } = spawnSync(join(root, 'node_modules/.bin/vitest'), ['run', ...files, '--testTimeout', `${3_600_000}`, '--reporter=dot'], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, FAULTS: 'nightly', SECURITY_REPORT: report, RATE_LIMIT_PER_MINUTE, ...(values.seed ? { SEED: values.seed } : {}) },
})
const counts = countsIn(report)
rmSync(folder, { recursive: true })
print(counts)
if (positionals.length === 0) writePart('security', written(counts))
const lost = Object.entries(least).filter(([area, many]) => {
  const own = counts.filter((count) => count.area === area)
  return (positionals.length === 0 || own.length > 0) && sumOf(own, ({ tried }) => tried) < many
})
for (const [area, many] of lost) console.log(`Fewer than ${many} cases of: ${area}`)
process.exit(status || (lost.length > 0 ? 1 : 0))
