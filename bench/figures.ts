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
  /** Assumptions, and why a figure misses. */
  note?: string
}

/** What one part of the bench found. */
export interface Findings {
  figures: Figure[]
  /** Exact counts by name; the same in every run, and held by `--check`. */
  counts: Record<string, number>
  /** Further tables and words, in Markdown. */
  details: string[]
}

export const nothing = (): Findings => ({ figures: [], counts: {}, details: [] })

export const together = (parts: Findings[]): Findings => ({
  figures: parts.flatMap((part) => part.figures),
  counts: Object.assign({}, ...parts.map((part) => part.counts)),
  details: parts.flatMap((part) => part.details),
})

/** A Markdown table. */
export function table(head: string[], rows: (string | number)[][]): string {
  const line = (cells: (string | number)[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n')
}

/** At most `digits` decimals, none that say nothing. */
export const round = (value: number, digits = 2): number => Number(value.toFixed(digits))

export function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(sorted.length * share) - 1))] ?? Number.NaN
}

export const median = (values: number[]): number => percentile(values, 0.5)
