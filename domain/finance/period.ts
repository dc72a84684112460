import type { Context } from '../kernel/context.ts'
import { today } from '../kernel/dates.ts'
import { invalid, Problem } from '../kernel/errors.ts'

/**
 * Refuses to post on a day: 409 `period.closed` up to the tenant's closedThrough, 422 `date.in-future` after today in the
 * tenant's zone. Every posting has its own business date, whenever it was typed (domain.md "Documents").
 */
export function requireOpenDate(ctx: Context, tenant: { closedThrough?: string | undefined }, day: string, pointer: string): void {
  if (day > today(ctx)) throw invalid('date.in-future', pointer, 'Nothing is posted on a day that has not come yet.')
  if (!tenant.closedThrough || day > tenant.closedThrough) return
  const message = `The books are closed through ${tenant.closedThrough}. Post on a later day, or have an admin open the period.`
  throw new Problem('conflict', 'period.closed', message, { errors: [{ pointer, code: 'period.closed', message }] })
}
