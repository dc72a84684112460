import { measureQuality, type Quality, type Ranks } from './duplicates/quality.ts'
import { type Figure, type Findings, table } from './figures.ts'
import type { Progress } from './progress.ts'

const percent = (count: number, of: number): string => `${((100 * count) / Math.max(1, of)).toFixed(1)} %`
const ranksRow = (what: string, { asked, first, amongFive, without }: Ranks) => [
  what,
  asked,
  percent(first, asked),
  percent(amongFive, asked),
  without,
]

const sum = (ranks: Ranks[]): Ranks =>
  ranks.reduce((a, b) => ({
    asked: a.asked + b.asked,
    first: a.first + b.first,
    amongFive: a.amongFive + b.amongFive,
    without: a.without + b.without,
  }))

function figuresOf({ invented, short, heldOut, typed, similar, restaurants, organisations }: Quality): Figure[] {
  const all = sum([short, heldOut])
  const slips = sum([...typed.values()])
  const figure = (what: string, value: string, target: string, met: boolean): Figure => ({
    id: 'duplicates',
    what,
    value,
    target,
    reach: '',
    met,
  })
  const isMet = all.first >= 0.95 * all.asked && all.amongFive >= 0.985 * all.asked && all.without === 0
  return [
    figure(
      `short name: full name first / among five / nothing found (${all.asked} among ${invented} others)`,
      `${percent(all.first, all.asked)} / ${percent(all.amongFive, all.asked)} / ${all.without}`,
      '95 % / 98.5 % / 0',
      isMet,
    ),
    figure('typed variants: first', percent(slips.first, slips.asked), '99 %', slips.first >= 0.99 * slips.asked),
    figure(
      'other firms with a similar stem: flagged',
      percent(similar.flagged, similar.asked),
      '7 %',
      similar.flagged <= 0.07 * similar.asked,
    ),
    figure(
      'restaurants, organisations: F1',
      `${restaurants.toFixed(3)}, ${organisations.toFixed(3)}`,
      '0.95, 0.85',
      restaurants >= 0.95 && organisations >= 0.85,
    ),
  ]
}

/** What the duplicate check finds, among three thousand and among a hundred thousand others. */
export async function duplicateFindings(progress: Progress): Promise<Findings> {
  const findings: Findings = { figures: [], counts: {}, details: [] }
  for (const invented of [3000, 100_000]) {
    progress(`duplicates: names among ${invented} others`)
    const quality = await measureQuality(invented)
    if (invented === 3000) findings.figures.push(...figuresOf(quality))
    const rows = [
      ranksRow('short names', quality.short),
      ranksRow('short names, held out', quality.heldOut),
      ...[...quality.typed].map(([kind, ranks]) => ranksRow(`typed: ${kind}`, ranks)),
    ]
    findings.details.push(
      `Duplicates among ${invented} invented firms:\n\n${table(['asked by', 'names', 'first', 'among five', 'nothing'], rows)}`,
    )
  }
  return findings
}
