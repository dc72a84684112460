/**
 * `npm run bench`: the figures of docs/figures.md, measured on this machine, in about five minutes.
 * `--full` mails a campaign to 100,000 instead of 2,000.
 * `--only P3,P4` and `--customers 1000` measure a part and write nothing; `--check` compares the counts with the committed ones;
 * `--accept` takes the counts of this run, whole or in part, as the ones to commit.
 */
import { parseArgs } from 'node:util'
import { ageingFindings } from './ageing.ts'
import { bundleFindings } from './bundles.ts'
import { campaignFindings } from './campaign.ts'
import { committedCounts, grown, writeCounts } from './counts.ts'
import { cpuFindings } from './cpu.ts'
import { documentFindings } from './documents.ts'
import { duplicateCheckFindings } from './duplicate-check.ts'
import { duplicateFindings } from './duplicates.ts'
import { startEngine } from './engine.ts'
import { type Findings, together } from './figures.ts'
import { type BenchTenant, fillTenant } from './fill.ts'
import { importFindings } from './imports.ts'
import { listFindings } from './lists.ts'
import { machine } from './machine.ts'
import { orderToCashFindings } from './order-to-cash.ts'
import { priceFindings } from './price.ts'
import { type Progress, progressTo } from './progress.ts'
import { reminderDay, reminderFindings } from './reminders.ts'
import { figureTable, writeReport } from './report.ts'
import { growth, requestCosts, requestFindings } from './requests.ts'
import { searchFindings } from './search.ts'
import { sideBySideFindings } from './side-by-side/findings.ts'

const parts = [
  'P1',
  'P2',
  'P3',
  'P4',
  'P5',
  'P6',
  'P7',
  'P8',
  'P8b',
  'P9',
  'P10',
  'P11',
  'P12',
  'P13',
  'P14',
  'P15',
  'duplicates',
  'side-by-side',
  'imports',
]
const { values: flags } = parseArgs({
  options: {
    only: { type: 'string' },
    customers: { type: 'string' },
    check: { type: 'boolean' },
    accept: { type: 'boolean' },
    full: { type: 'boolean' },
  },
})
const asked = flags.only?.split(',') ?? parts
const sizes = (flags.customers ?? '1000,100000').split(',').map(Number)
const unknown = asked.filter((part) => !parts.includes(part))
if (unknown.length > 0 || !sizes.every((size) => Number.isInteger(size) && size >= 1000 && size % 20 === 0)) {
  console.error(
    `Usage: npm run bench [-- [--only ${parts.join(',')}] [--customers 1000,100000] [--check | --accept] [--full]]; sizes are multiples of 20 from 1000 on.`,
  )
  process.exit(1)
}

const wants = (...some: string[]) => some.some((part) => asked.includes(part))
const progress = progressTo(process.stderr)
const duePerRep = 50

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))
const findings: Findings[] = []
if (wants('P1', 'P2')) findings.push(await bundleFindings(progress))
let engineName = 'none'
if (wants('P3', 'P4', 'P5', 'P6', 'P7', 'P8', 'P8b', 'P9', 'P10', 'P11', 'P12', 'P13', 'P15')) findings.push(await withEngine(progress))
if (wants('P14')) findings.push(await documentFindings(progress))
if (wants('duplicates')) findings.push(await duplicateFindings(progress))
if (wants('side-by-side')) findings.push(await sideBySideFindings(progress))
if (wants('imports')) findings.push(await importFindings(progress, flags.customers ? Math.max(...sizes) : undefined))
finish(together(findings))

/** Everything that needs tenants with customers. */
async function withEngine(progress: Progress): Promise<Findings> {
  const engine = await startEngine()
  engineName = engine.name
  try {
    const tenants: BenchTenant[] = []
    for (const size of isFilled() ? sizes : [])
      tenants.push(await fillTenant({ id: `bench-${size}`, customers: size, reps: 20, duePerRep, dueOn: reminderDay }, progress))
    return together([
      await requestParts(tenants),
      await reminderParts(tenants),
      ...(await listParts(tenants)),
      ...(await searchParts(tenants)),
      ...(wants('P6') ? [await orderToCashFindings(progress)] : []),
      ...(wants('P11') ? [await campaignFindings(progress, flags.full ? 100_000 : 2_000)] : []),
      ...(wants('P13') ? [await ageingFindings(progress)] : []),
      ...(wants('P10') ? [await duplicateCheckFindings(sizes.at(-1)!, progress)] : []),
    ])
  } finally {
    await engine.stop()
  }
}

/** The duplicate check has a tenant of its own. */
function isFilled(): boolean {
  return wants('P3', 'P4', 'P5', 'P7', 'P8', 'P8b', 'P9', 'P12', 'P15')
}

async function requestParts(tenants: BenchTenant[]): Promise<Findings> {
  if (!wants('P3', 'P4', 'P5', 'P7', 'P12', 'P15')) return together([])
  const found: Findings[] = []
  const costs = []
  for (const tenant of tenants) {
    progress(`requests: at ${tenant.size} customers`)
    costs.push(await requestCosts(tenant, 'run'))
    found.push(requestFindings(tenant, costs.at(-1)!))
  }
  const [small, large] = costs
  if (small && large) found.push({ figures: [growth(small, large)], counts: {}, details: [] })
  if (wants('P12', 'P15')) {
    progress('cpu: 5000 requests through the handler')
    const cpu = await cpuFindings(tenants.at(-1)!)
    found.push(cpu, await priceFindings(tenants.at(-1)!, costs.at(-1)!, cpu.mean))
  }
  return together(found)
}

async function reminderParts(tenants: BenchTenant[]): Promise<Findings> {
  if (!wants('P9')) return together([])
  progress('reminders: a run of each tenant')
  const found: Findings[] = []
  for (const tenant of tenants) found.push(await reminderFindings(tenant, duePerRep))
  // The same thousand due, to fewer people.
  for (const reps of [5, 1]) {
    const duePerRep = 1000 / reps
    const few = await fillTenant({ id: `bench-${reps}-reps`, customers: 1000, reps, duePerRep, dueOn: reminderDay }, progress)
    found.push(await reminderFindings(few, duePerRep))
  }
  return together(found)
}

async function listParts(tenants: BenchTenant[]): Promise<Findings[]> {
  if (!wants('P8')) return []
  const found: Findings[] = []
  for (const tenant of tenants) {
    progress(`lists: each list and filter at ${tenant.size} customers`)
    found.push(await listFindings(tenant))
  }
  return found
}

async function searchParts(tenants: BenchTenant[]): Promise<Findings[]> {
  if (!wants('P8b')) return []
  progress('search: over every customer of the largest tenant')
  return [await searchFindings(tenants.at(-1)!)]
}

/** Prints the figures; a whole run is written down, a check only compares its counts and says what grew. */
function finish(found: Findings): void {
  const figures = found.figures.filter(({ id }) => asked.includes(id) || (id === 'side by side' && wants('side-by-side')))
  console.log(`\n${figureTable(figures)}`)
  if (flags.check) {
    const worse = grown(found.counts, committedCounts())
    console.log(
      worse.length === 0
        ? `\n${Object.keys(found.counts).length} counts are within 5 % of the committed ones.`
        : `\nGrown by more than 5 %:\n${worse.join('\n')}`,
    )
    process.exitCode = worse.length === 0 ? 0 : 1
    return
  }
  const isWhole = !flags.only && !flags.customers
  if (isWhole) writeReport({ ...found, figures }, machine(engineName), 'npm run bench')
  if (isWhole) writeCounts(found.counts)
  else if (flags.accept) writeCounts({ ...committedCounts(), ...found.counts })
  if (isWhole || flags.accept) console.log(`\nWritten: bench/counts.json${isWhole ? ' and docs/figures.md' : ''}.`)
}
