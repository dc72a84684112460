import { Instant } from './dates.ts'
import { Problem } from './errors.ts'
import type { Filter } from './paging.ts'

function instant(text: string, field: string): string {
  const parsed = Instant.safeParse(text)
  if (parsed.success) return parsed.data
  throw new Problem('malformed', 'filter.invalid', `filter[${field}] wants an instant such as 2026-11-21T08:00:00Z.`)
}

const next = (at: string): string => new Date(Date.parse(at) + 1).toISOString()

/** What a list served by an instant's index takes. */
export const instantOperators = ['gte', 'gt', 'lt', 'lte', 'between'] as const

/**
 * The range of sort keys of a filter on an instant; `keyAt` gives the smallest key of an instant. `between` is from the first
 * up to but without the second. Two bounds of one side are 400.
 */
export function instantRange(filter: Filter, field: string, keyAt: (instant: string) => string): { from?: string; to?: string } {
  const { gte, gt, lt, lte, between } = filter[field] ?? {}
  const both = between?.split(',')
  const bounds = [gte, gt, lt, lte].filter((bound) => bound !== undefined).length
  if (both && (both.length !== 2 || bounds > 0))
    throw new Problem('malformed', 'filter.invalid', `filter[${field}][between] wants two instants with a comma, and stands alone.`)
  if ((gte !== undefined && gt !== undefined) || (lt !== undefined && lte !== undefined))
    throw new Problem('malformed', 'filter.invalid', `filter[${field}] takes one bound of each side.`)
  const from = gte ?? both?.[0]
  const to = lt ?? both?.[1]
  return {
    ...(from === undefined ? {} : { from: keyAt(instant(from, field)) }),
    ...(gt === undefined ? {} : { from: keyAt(next(instant(gt, field))) }),
    ...(to === undefined ? {} : { to: keyAt(instant(to, field)) }),
    ...(lte === undefined ? {} : { to: keyAt(next(instant(lte, field))) }),
  }
}
