import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { engineName } from './engine.ts'
import { type Figure, type Findings, figureTable, table } from './figures.ts'
import { writePart } from './figures-page.ts'
import { type Circumstances, circumstances } from './machine.ts'
import { type Part, parts } from './parts.ts'

const words = `Written by \`npm run bench\`, each part when it was measured last. Units are those that DynamoDB reports
(ReturnConsumedCapacity); \`test/store/units.test.ts\` holds them against the same units computed from the bytes of the items. Counts are
exact and kept in \`bench/counts.json\`, and \`npm run bench -- --check\` fails when one grows by more than 5 %; times are CPU of a process,
and as good as the machine was quiet.
Customers are put by BatchWriteItem, 25 to a call, as the items that the entity definitions and the outbox make for \`commit\`.`

/** What one part found, and when and where. */
type Kept = Omit<Findings, 'counts'> & Circumstances

const file = join(import.meta.dirname, 'findings.json')

const nameOf = ({ ids }: Part): string => ids.join(', ')
const kept = (): Record<string, Kept> => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {})

/** Keeps what a part found in place of what it found before; its counts are kept apart (counts.ts). */
export function keepFindings(part: Part, { figures, details }: Findings): void {
  const all = { ...kept(), [nameOf(part)]: { ...circumstances(engineName()), figures, details } }
  const inOrder = parts.flatMap((one) => (all[nameOf(one)] ? [[nameOf(one), all[nameOf(one)]]] : []))
  writeFileSync(file, `${JSON.stringify(Object.fromEntries(inOrder), null, 2)}\n`)
}

/** Writes its part of docs/figures.md: the figures against their targets, what misses and why, and the tables behind them. */
export function writeReport(): void {
  const all = Object.entries(kept())
  const figures = all.flatMap(([, one]) => one.figures)
  const missed = figures.filter(({ met }) => !met)
  const runs = all.map(([name, { date, commit, machine, node, engine }]) => [name, date, commit, machine, node, engine])
  const sections = [
    '# Figures',
    words,
    '## Against the targets',
    figureTable(figures),
    '## What misses',
    missed.length === 0 ? 'Nothing.' : misses(missed),
    '## Notes',
    notes(figures),
    '## Behind the figures',
    ...all.flatMap(([, one]) => one.details),
    '## When and where',
    table(['part', 'date', 'commit', 'machine', 'Node', 'engine'], runs),
  ]
  writePart('bench', sections.join('\n\n'))
}

/** What misses, each with its reason, which several figures may share. */
function misses(missed: Figure[]): string {
  const byReason = Map.groupBy(missed, ({ id, reason }) => `${id}: ${reason ?? ''}`)
  return [...byReason]
    .map(([, figures]) => {
      const lines = figures.map(({ id, what, value, target }) => `- **${id}**, ${what}: ${value} instead of ${target}.`)
      return [...lines, ...(figures[0]!.reason ? [`  ${figures[0]!.reason}`] : [])].join('\n')
    })
    .join('\n')
}

const notes = (figures: Figure[]): string => [...new Set(figures.flatMap(({ id, note }) => (note ? [`- ${id}: ${note}`] : [])))].join('\n')
