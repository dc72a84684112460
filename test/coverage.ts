/**
 * `npm run coverage [-- file …]`: everything below test/, with the share of domain/ that runs. Fails below the least that is asked for,
 * and tells the share also where a test failed. A run of all tests writes it into docs/figures.md.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { table } from '../bench/figures.ts'
import { writePart } from '../bench/figures-page.ts'
import { machine } from '../bench/machine.ts'

interface Share {
  total: number
  covered: number
  pct: number
}
interface Shares {
  lines: Share
  branches: Share
}

const least = { lines: 95, branches: 90 } as const
const measures = ['lines', 'branches'] as const
const root = join(import.meta.dirname, '..')
const asked = process.argv.slice(2)

function run(): { status: number | null; total: Shares; files: [path: string, Shares][] } {
  const folder = mkdtempSync(join(tmpdir(), 'guanxi-coverage-'))
  const options = ['provider=v8', 'include=domain/**/*.ts', 'reportOnFailure', 'reporter=json-summary', `reportsDirectory=${folder}`]
  const { status } = spawnSync(
    join(root, 'node_modules/.bin/vitest'),
    ['run', ...asked, '--coverage.enabled', ...options.map((option) => `--coverage.${option}`)],
    { cwd: root, stdio: 'inherit' },
  )
  const { total, ...files } = JSON.parse(readFileSync(join(folder, 'coverage-summary.json'), 'utf8')) as Record<string, Shares>
  rmSync(folder, { recursive: true })
  return { status, total: total!, files: Object.entries(files).map(([path, shares]) => [relative(root, path), shares]) }
}

const { status, total, files } = run()
const shares = table(
  ['of domain', 'there are', 'run', '%', 'least'],
  measures.map((measure) => [measure, total[measure].total, total[measure].covered, total[measure].pct, least[measure]]),
)
const missing = ({ lines, branches }: Shares) => lines.total - lines.covered + branches.total - branches.covered
const weakest = files.sort(([, a], [, b]) => missing(b) - missing(a)).slice(0, 10)
const gaps = table(
  ['file', '% of lines', '% of branches'],
  weakest.map(([path, { lines, branches }]) => [path, lines.pct, branches.pct]),
)
console.log(`\n${shares}\n\n${gaps}`)
const isEnough = measures.every((measure) => total[measure].pct >= least[measure])
if (!isEnough)
  console.error(`Less of domain runs than the least: ${measures.map((measure) => `${least[measure]} % of ${measure}`).join(', ')}.`)
if (asked.length === 0) {
  const words = 'Written by `npm run coverage`: the share of `domain` that runs in `npm test`, and the files with most that does not.'
  writePart('coverage', ['## Coverage', words, machine(process.env.DYNAMODB_ENDPOINT ?? 'dynoxide').join('\n'), shares, gaps].join('\n\n'))
  console.log('\nWritten: docs/figures.md.')
}
process.exit(isEnough ? (status ?? 1) : 1)
