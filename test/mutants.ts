/**
 * `npm run mutants [-- --only 3,7]`: plants the bugs of test/mutants/list.ts one after the other in a copy of the repository and runs
 * the tests that must see them. Prints caught or MISSED for each; fails when more than one in thirty is missed. Its results go into the
 * table of docs/figures.md, where those of the others stay.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { table } from '../bench/figures.ts'
import { partOf, writePart } from '../bench/figures-page.ts'
import { machine } from '../bench/machine.ts'
import { type Mutant, mutants } from './mutants/list.ts'

type Row = (string | number)[]

const root = join(import.meta.dirname, '..')
const { values } = parseArgs({ options: { only: { type: 'string' } } })
const places = values.only ? values.only.split(',').map(Number) : mutants.map((_, i) => i + 1)
const copied = [
  'domain',
  'events',
  'functions',
  'infra',
  'local',
  'bench',
  'test',
  'docs',
  'package.json',
  'tsconfig.json',
  'vitest.config.ts',
  'cdk.json',
]

/** The repository once more, with the same packages. */
function copyOfRepository(): string {
  const copy = mkdtempSync(join(tmpdir(), 'guanxi-mutants-'))
  for (const entry of copied) cpSync(join(root, entry), join(copy, entry), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  return copy
}

const runTests = (copy: string, tests: string[]): boolean =>
  spawnSync(join(copy, 'node_modules/.bin/vitest'), ['run', ...tests, '--bail=1', '--maxWorkers=1', '--reporter=dot'], {
    cwd: copy,
    stdio: 'ignore',
    env: { ...process.env, TZ: 'UTC' },
  }).status === 0

/** Whether the tests see the bug. Throws when what is to be changed is not there, or not once. */
function isCaught(copy: string, { file, find, replace, tests }: Mutant): boolean {
  const path = join(copy, file)
  const text = readFileSync(path, 'utf8')
  if (text.split(find).length !== 2) throw new Error(`${file} does not hold this once any more: ${find}`)
  writeFileSync(
    path,
    text.replace(find, () => replace),
  )
  const passed = runTests(copy, tests)
  writeFileSync(path, text)
  return !passed
}

const copy = copyOfRepository()
const [commitLine, ...where] = machine('dynoxide')
const commit = commitLine!.slice('- commit: '.length)
const rows: Row[] = []
try {
  const suite = [...new Set(places.flatMap((place) => mutants[place - 1]!.tests))]
  if (!runTests(copy, suite)) throw new Error('The tests fail without any bug: run them by themselves first.')
  for (const place of places) {
    const mutant = mutants[place - 1]!
    const found = isCaught(copy, mutant) ? 'caught' : '**MISSED**'
    rows.push([place, mutant.file, mutant.why, found, commit])
    console.log(`${place} ${found}: ${mutant.file}: ${mutant.why}`)
  }
} finally {
  rmSync(copy, { recursive: true })
}
const isMissed = ([, , , found]: Row) => found !== 'caught'
console.log(`\n${rows.length - rows.filter(isMissed).length} of ${rows.length} planted bugs are caught.`)
const all = [...rows, ...otherRows()].sort(([a], [b]) => Number(a) - Number(b))
const words = `\`npm run mutants\`: ${all.length - all.filter(isMissed).length} of ${all.length} bugs that were planted one after the other are seen by the tests (R14).`
const results = table(['', 'file', 'bug', 'result', 'commit'], all)
writePart('mutants', ['## Planted bugs', words, where.join('\n'), results].join('\n\n'))
process.exitCode = rows.filter(isMissed).length > rows.length / 30 ? 1 : 0

/** What an earlier run said of bugs that were not planted now. */
function otherRows(): Row[] {
  const before = partOf('mutants')
  const commitBefore = /^- commit: (.*)$/m.exec(before)?.[1] ?? ''
  const cells = before.split('\n').flatMap((line) => (/^\| \d+ \|/.test(line) ? [line.slice(2, -2).split(' | ')] : []))
  return mutants.flatMap(({ file, why }, i) => {
    const known = cells.find(([, inFile, bug]) => inFile === file && bug === why)
    return known && !places.includes(i + 1) ? [[i + 1, file, why, known[3]!, known[4] ?? commitBefore]] : []
  })
}
