import { appendFileSync } from 'node:fs'
import { afterAll, expect } from 'vitest'

/** What `npm run security` tells of one kind of cases. */
export interface CaseCount {
  area: string
  kind: string
  tried: number
  hits: string[]
  /** How many were left out, by the reason. */
  left: Record<string, number>
}

interface Cases {
  /** One case: counted, and when the check fails a hit, told at the end of the test; the cases after it are tried all the same. */
  check(kind: string, what: string, check: () => unknown): Promise<void>
  /** A case that is not tried, and why. */
  leaveOut(kind: string, reason: string, many?: number): void
}

/** Counts the cases of a test file. Their numbers go to the runner, one line for each kind, when the file has run. */
export function casesOf(area: string): Cases {
  const counts = new Map<string, CaseCount>()
  const countOf = (kind: string): CaseCount => {
    const count = counts.get(kind) ?? { area, kind, tried: 0, hits: [], left: {} }
    counts.set(kind, count)
    return count
  }
  afterAll(() => {
    const report = process.env.SECURITY_REPORT
    if (report) for (const count of counts.values()) appendFileSync(report, `${JSON.stringify(count)}\n`)
  })
  return {
    check: async (kind, what, check) => {
      const count = countOf(kind)
      count.tried += 1
      try {
        await check()
      } catch (error) {
        count.hits.push(what)
        expect.soft((error as Error).message, `${kind}: ${what}`).toBeUndefined()
      }
    },
    leaveOut: (kind, reason, many = 1) => {
      const { left } = countOf(kind)
      left[reason] = (left[reason] ?? 0) + many
    },
  }
}
