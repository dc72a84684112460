import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

type Counts = Record<string, number>

const file = join(import.meta.dirname, 'counts.json')
const allowedGrowth = 0.05

/** The counts that were committed last. */
export const committedCounts = (): Counts => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {})

/** Writes the counts, sorted, so that a change of one is a change of one line. */
export function writeCounts(counts: Counts): void {
  const sorted = Object.fromEntries(Object.entries(counts).sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true })))
  writeFileSync(file, `${JSON.stringify(sorted, null, 2)}\n`)
}

/** Counts that grew by more than 5 % over the committed ones, in words; one that was not there before is no growth. */
export function grown(counts: Counts, committed: Counts): string[] {
  return Object.entries(counts).flatMap(([name, count]) => {
    const before = committed[name]
    return before !== undefined && count > before * (1 + allowedGrowth) ? [`${name}: ${before} -> ${count}`] : []
  })
}
