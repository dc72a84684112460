/**
 * `npm run bench`: the figures of docs/figures.md, measured on this machine, in about half an hour. Each part is written down when it
 * is done, with the counts that it gates by, so that a part can be measured again by itself.
 * `--only P3,P4` measures the parts that have these; `--customers 1000` measures smaller tenants and writes nothing, or with `--accept`
 * the counts alone; `--check` compares the counts with the committed ones. `--full` mails a campaign to 100,000 instead of 2,000.
 * `--only side-by-side --crm <module>` drives another system by the same workloads (side-by-side/crm.ts) and writes nothing.
 */
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { committedCounts, grown, writeCounts } from './counts.ts'
import { type Findings, figureTable, together } from './figures.ts'
import { openLab } from './lab.ts'
import { parts } from './parts.ts'
import { progressTo } from './progress.ts'
import { keepFindings, writeReport } from './report.ts'

const ids = parts.flatMap((part) => part.ids)
const { values: flags } = parseArgs({
  options: {
    only: { type: 'string' },
    customers: { type: 'string' },
    check: { type: 'boolean' },
    accept: { type: 'boolean' },
    full: { type: 'boolean' },
    crm: { type: 'string' },
  },
})
const asked = flags.only?.split(',') ?? ids
const sizes = (flags.customers ?? '1000,100000').split(',').map(Number)
if (!asked.every((id) => ids.includes(id)) || !sizes.every((size) => Number.isInteger(size) && size >= 1000 && size % 20 === 0)) {
  console.error(
    `Usage: npm run bench [-- [--only ${ids.join(',')}] [--customers 1000,100000] [--check | --accept] [--full] [--crm <module>]]; sizes are multiples of 20 from 1000 on.`,
  )
  process.exit(1)
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))
const crm = flags.crm ? pathToFileURL(flags.crm) : new URL('./side-by-side/guanxi.ts', import.meta.url)
const lab = openLab({ progress: progressTo(process.stderr), sizes, isFull: flags.full ?? false, crm: crm.href })
const isKept = !flags.check && !flags.customers && !flags.crm
const found: Findings[] = []
try {
  for (const part of parts.filter((one) => one.ids.some((id) => asked.includes(id)))) {
    const findings = await part.measure(lab)
    console.log(`\n${figureTable(findings.figures)}`)
    found.push(findings)
    if (isKept || flags.accept) writeCounts({ ...committedCounts(), ...findings.counts })
    if (!isKept) continue
    keepFindings(part, findings)
    writeReport()
  }
} finally {
  await lab.stop()
}
if (isKept) console.log('\nWritten: bench/counts.json, bench/findings.json and docs/figures.md.')
if (flags.check) check()

/** Says which counts grew over the committed ones. */
function check(): void {
  const { counts } = together(found)
  const worse = grown(counts, committedCounts())
  console.log(
    worse.length === 0
      ? `\n${Object.keys(counts).length} counts are within 5 % of the committed ones.`
      : `\nGrown by more than 5 %:\n${worse.join('\n')}`,
  )
  process.exitCode = worse.length === 0 ? 0 : 1
}
