import { Instant } from '../kernel/dates.ts'
import { Problem } from '../kernel/errors.ts'
import type { Filter } from '../kernel/paging.ts'

function instant(text: string, field: string): string {
  const parsed = Instant.safeParse(text)
  if (parsed.success) return parsed.data
  throw new Problem('malformed', 'filter.invalid', `filter[${field}] wants an instant such as 2026-11-21T08:00:00Z.`)
}

/** The range of sort keys of a filter on an instant; `keyAt` gives the smallest key of an instant. `between` is [from, to). */
export function createdRange(filter: Filter, keyAt: (instant: string) => string, field = 'createdAt'): { from?: string; to?: string } {
  const given = filter[field]
  const [between0, between1] = given?.between?.split(',') ?? []
  const from = given?.gte ?? between0
  const before = given?.lt ?? between1
  if (given?.between !== undefined && (!between0 || !between1))
    throw new Problem('malformed', 'filter.invalid', `filter[${field}][between] wants two instants with a comma.`)
  return { ...(from ? { from: keyAt(instant(from, field)) } : {}), ...(before ? { to: keyAt(instant(before, field)) } : {}) }
}
