import { type Figure, type Findings, table } from './figures.ts'
import { writePart } from './figures-page.ts'

const words = `Written by \`npm run bench\`. Units are those that DynamoDB reports (ReturnConsumedCapacity); \`test/store/units.test.ts\` holds
them against the same units computed from the bytes of the items. Counts are exact and kept in \`bench/counts.json\`, and
\`npm run bench -- --check\` fails when one grows by more than 5 %; times are CPU of a process, and as good as the machine was quiet.
Customers are put by BatchWriteItem, 25 to a call, as the items that the entity definitions and the outbox make for \`commit\`.`

/** Writes its part of docs/figures.md: the figures against their targets, what misses and why, and the tables behind them. */
export function writeReport(findings: Findings, machine: string[], command: string): void {
  const missed = findings.figures.filter(({ met }) => !met)
  const sections = [
    '# Figures',
    words,
    [...machine, `- command: \`${command}\``].join('\n'),
    '## Against the targets',
    figureTable(findings.figures),
    '## What misses',
    missed.length === 0 ? 'Nothing.' : misses(missed),
    '## Notes',
    notes(findings.figures),
    '## Behind the figures',
    ...findings.details,
  ]
  writePart('bench', sections.join('\n\n'))
}

/** The table of figures, as it is also printed at the end of a run. */
export const figureTable = (figures: Figure[]): string =>
  table(
    ['figure', 'what', 'measured', 'target', 'reach', 'met'],
    figures.map(({ id, what, value, target, reach, met }) => [id, what, value, target, reach, met ? 'yes' : '**no**']),
  )

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
