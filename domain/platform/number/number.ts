import { type NumberRule, patternPiece } from '../../identity/index.ts'

/** The span of time in which a counter runs: part of a day, or all time. */
export function periodOf({ reset }: Pick<NumberRule, 'reset'>, day: string): string {
  const length = { yearly: 4, monthly: 7, daily: 10, never: 0 }[reset]
  return day.slice(0, length) || 'ever'
}

/** What stands for a part of a pattern, but for the counter. */
function datePart(part: string, day: string): string {
  const [year, month, date] = day.split('-') as [string, string, string]
  return { YYYY: year, YY: year.slice(2), MM: month, DD: date }[part]!
}

/** The number of a document of `day` when the counter is at `count`. More digits than the pattern asks for are all shown. */
export function numberOf({ pattern }: Pick<NumberRule, 'pattern'>, day: string, count: number): string {
  return pattern.replace(patternPiece, (_, part: string | undefined, text: string) => {
    if (part === undefined) return text
    if (!part.startsWith('N')) return datePart(part, day)
    return String(count).padStart(Number(part.slice(2)) || 1, '0')
  })
}

const longestCount = 12

/** Where the counter stood for a number that follows the pattern on `day`; undefined for any other text. */
export function countIn(rule: Pick<NumberRule, 'pattern'>, day: string, number: string): number | undefined {
  const [before, after] = rule.pattern.split(/\{N(?::[1-9])?\}/).map((side) => numberOf({ pattern: side }, day, 0)) as [string, string]
  if (!number.startsWith(before) || !number.endsWith(after)) return undefined
  const digits = number.slice(before.length, number.length - after.length)
  const isCount = /^\d+$/.test(digits) && digits.length <= longestCount
  return isCount && numberOf(rule, day, Number(digits)) === number ? Number(digits) : undefined
}
