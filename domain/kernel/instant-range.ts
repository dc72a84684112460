import { Instant } from './dates.ts'
import { Problem } from './errors.ts'
import type { Filter } from './paging.ts'

function instant(text: string, field: string): string {
  const parsed = Instant.safeParse(text)
  if (parsed.success) return parsed.data
  throw new Problem('malformed', 'filter.invalid', `filter[${field}] wants an instant such as 2026-11-21T08:00:00Z.`)
}

/**
 * The range of sort keys of a filter on an instant; `keyAt` gives the smallest key of an instant. `between` is from the first
 * up to but without the second. Two bounds of one side are 400.
 */
export function instantRange(filter: Filter, field: string, keyAt: (instant: string) => string): { from?: string; to?: string } {
  const { gte, lt, between } = filter[field] ?? {}
  const both = between?.split(',')
  if (both && (both.length !== 2 || gte !== undefined || lt !== undefined))
    throw new Problem('malformed', 'filter.invalid', `filter[${field}][between] wants two instants with a comma, and stands alone.`)
  const from = gte ?? both?.[0]
  const to = lt ?? both?.[1]
  return {
    ...(from === undefined ? {} : { from: keyAt(instant(from, field)) }),
    ...(to === undefined ? {} : { to: keyAt(instant(to, field)) }),
  }
}
