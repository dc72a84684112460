/**
 * `npm run faults [-- --nightly] [--only R2,R3] [--seed N] [file …]`: the experiments with faults, races and random inputs, with the
 * large counts. A whole run writes its table of results into docs/figures.md. What fails is run again, alone, with --only and the
 * seed that is printed.
 */
import { spawnSync } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { table } from '../bench/figures.ts'
import { writePart } from '../bench/figures-page.ts'
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
const experiments = globSync('test/**/*.test.ts', { cwd: root }).filter((file) =>
  readFileSync(join(root, file), 'utf8').includes('support/share.ts'),
)
const isWhole = positionals.length === 0 && !values.only && !values.seed
const command = `npm run faults${values.nightly ? ' -- --nightly' : ''}`

function run(): { status: number | null; ran: Ran[] } {
  const folder = mkdtempSync(join(tmpdir(), 'guanxi-faults-'))
  const results = join(folder, 'results.json')
  const chosen = values.only ? ['-t', `(${values.only.split(',').join('|')}):`] : []
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

/** A row for each experiment that ran, in the order of their numbers. */
const rowsOf = (ran: Ran[]) =>
  ran
    .flatMap(({ title, status, duration, meta }) => {
      const named = experimentOf(title)
      if (!named || !resultOf[status]) return []
      const seconds = Math.round((duration ?? 0) / 1000)
      return [[named.id, named.what, meta?.tries ?? named.count ?? '', named.seed, resultOf[status], seconds]]
    })
    .sort(([a], [b]) => Number(String(a).slice(1)) - Number(String(b).slice(1)))

const { status, ran } = run()
const results = table(['', 'experiment', 'tries', 'seed', 'result', 'seconds'], rowsOf(ran))
console.log(`\n${results}`)
for (const [id, , , seed] of rowsOf(ran).filter(([, , , , result]) => result !== 'pass'))
  console.log(`Again: ${command}${values.nightly ? '' : ' --'} --only ${id} --seed ${seed} (or the seed that the failure names)`)
if (isWhole) {
  const engine = process.env.DYNAMODB_ENDPOINT ?? 'dynoxide'
  const words = `Written by \`${command}\`; what each experiment does stands in its test. Everything runs against a real emulator of DynamoDB.`
  const heading = values.nightly ? '## Faults, nightly' : '## Faults'
  writePart(values.nightly ? 'faults-nightly' : 'faults', [heading, words, machine(engine).join('\n'), results].join('\n\n'))
  console.log('\nWritten: docs/figures.md.')
}
process.exit(status ?? 1)
