/**
 * `npm run faults [-- --nightly] [--only R2,R3] [--seed N] [file …]`: the experiments with faults, races and random inputs, with the
 * large counts. Its results go into the table of docs/figures.md, where those of other experiments stay. What fails is run again,
 * alone, with --only and the seed that is printed; such a run writes nothing.
 */
import { spawnSync } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { table } from '../bench/figures.ts'
import { partOf, writePart } from '../bench/figures-page.ts'
import { machine } from '../bench/machine.ts'
import { experimentOf } from './support/share.ts'

interface Ran {
  title: string
  status: string
  duration?: number | null
  meta?: { tries?: number }
}

const root = join(import.meta.dirname, '..')
const { values, positionals } = parseArgs({
  options: { nightly: { type: 'boolean', default: false }, only: { type: 'string' }, seed: { type: 'string' } },
  allowPositionals: true,
})
const only = values.only?.split(',')
const experiments = globSync('test/**/*.test.ts', { cwd: root }).filter((file) => {
  // `npm run security` has its own.
  if (file.startsWith('test/security/')) return false
  const text = readFileSync(join(root, file), 'utf8')
  return only ? only.some((id) => text.includes(`'${id}'`)) : text.includes('support/share.ts')
})
const command = `npm run faults${values.nightly ? ' -- --nightly' : ''}`

function run(): { status: number | null; ran: Ran[] } {
  const folder = mkdtempSync(join(tmpdir(), 'guanxi-faults-'))
  const results = join(folder, 'results.json')
  const chosen = only ? ['-t', `(${only.join('|')}):`] : []
  const files = positionals.length > 0 ? positionals : experiments
  const told = ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`]
  const { status } = spawnSync(
    join(root, 'node_modules/.bin/vitest'),
    ['run', ...files, ...chosen, ...told, '--testTimeout', `${24 * 3_600_000}`],
    {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, FAULTS: values.nightly ? 'nightly' : 'faults', ...(values.seed ? { SEED: values.seed } : {}) },
    },
  )
  const { testResults } = JSON.parse(readFileSync(results, 'utf8')) as { testResults: { assertionResults: Ran[] }[] }
  rmSync(folder, { recursive: true })
  return { status, ran: testResults.flatMap(({ assertionResults }) => assertionResults) }
}

const resultOf = { passed: 'pass', failed: '**fail**' } as Record<string, string>

type Row = (string | number)[]

/** A row for each experiment that ran. */
const rowsOf = (ran: Ran[]): Row[] =>
  ran.flatMap(({ title, status, duration, meta }) => {
    const named = experimentOf(title)
    if (!named || !resultOf[status]) return []
    const seconds = Math.round((duration ?? 0) / 1000)
    return [[named.id, named.what, meta?.tries ?? named.count ?? '', named.seed, resultOf[status], seconds, commit]]
  })

const head = ['', 'experiment', 'tries', 'seed', 'result', 'seconds', 'commit']

/** Rows of an earlier run, of experiments that did not run now. */
function otherRows(text: string, rows: Row[]): Row[] {
  const before = text.split('\n').filter((line) => /^\| R\d+ \|/.test(line))
  return before
    .map((line) =>
      line
        .slice(2, -2)
        .split(' | ')
        .map((cell) => (/^\d+$/.test(cell) ? Number(cell) : cell)),
    )
    .filter(([id, what]) => !rows.some((row) => row[0] === id && row[1] === what))
}

const inOrder = (rows: Row[]): Row[] => rows.sort(([a], [b]) => Number(String(a).slice(1)) - Number(String(b).slice(1)))

const [commitLine, ...where] = machine(process.env.DYNAMODB_ENDPOINT ?? 'dynoxide')
const commit = commitLine!.slice('- commit: '.length)
const { status, ran } = run()
const rows = rowsOf(ran)
console.log(`\n${table(head, inOrder(rows))}`)
for (const [id, , , seed] of rows.filter(([, , , , result]) => result !== 'pass'))
  console.log(`Again: ${command}${values.nightly ? '' : ' --'} --only ${id} --seed ${seed} (or the seed that the failure names)`)
if (!values.seed) {
  const part = values.nightly ? 'faults-nightly' : 'faults'
  const words = `Written by \`${command}\`; what each experiment does stands in its test. Everything runs against a real emulator of DynamoDB.`
  const results = table(head, inOrder([...rows, ...otherRows(partOf(part), rows)]))
  writePart(part, [values.nightly ? '## Faults, nightly' : '## Faults', words, where.join('\n'), results].join('\n\n'))
  console.log('\nWritten: docs/figures.md.')
}
process.exit(status ?? 1)
