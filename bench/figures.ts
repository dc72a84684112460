/** One figure of quality.md as it was measured. */
export interface Figure {
  /** Number in the table of targets, e.g. P3. */
  id: string
  what: string
  /** With its unit, as it is printed. */
  value: string
  target: string
  reach: string
  met: boolean
  /** How it was measured, and what was assumed. */
  note?: string
  /** Why it is as it is, for when it misses. */
  reason?: string
}

/** What one part of the bench found. */
export interface Findings {
  figures: Figure[]
  /** Exact counts by name; the same in every run, and held by `--check`. */
  counts: Record<string, number>
  /** Further tables and words, in Markdown. */
  details: string[]
}

export const together = (parts: Findings[]): Findings => ({
  figures: parts.flatMap((part) => part.figures),
  counts: Object.assign({}, ...parts.map((part) => part.counts)),
  details: parts.flatMap((part) => part.details),
})

/** The table of figures against their targets, as it also is printed when a part is done. */
export const figureTable = (figures: Figure[]): string =>
  table(
    ['figure', 'what', 'measured', 'target', 'reach', 'met'],
    figures.map(({ id, what, value, target, reach, met }) => [id, what, value, target, reach, met ? 'yes' : '**no**']),
  )

/** A Markdown table; columns of numbers stand to the right. */
export function table(head: string[], rows: (string | number)[][]): string {
  const line = (cells: (string | number)[]) => `| ${cells.join(' | ')} |`
  const isNumeric = (column: number) => rows.every((row) => typeof row[column] === 'number' || row[column] === '')
  return [line(head), line(head.map((_, column) => (isNumeric(column) ? '---:' : '---'))), ...rows.map(line)].join('\n')
}

/** At most `digits` decimals, none that say nothing. */
export const round = (value: number, digits = 2): number => Number(value.toFixed(digits))

export function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(sorted.length * share) - 1))] ?? Number.NaN
}

/** The middle value, or the mean of the two in the middle. */
export const median = (values: number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const half = sorted.length / 2
  return (sorted[Math.ceil(half) - 1]! + sorted[Math.floor(half)]!) / 2
}
