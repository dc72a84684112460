import type { Context } from '../../kernel/context.ts'
import { daysBetween, today } from '../../kernel/dates.ts'
import { Problem } from '../../kernel/errors.ts'
import { firstOfMonth } from './period.ts'

/** The days a report is about: left out, `to` is today and `from` the first of its month. 400 when they are the wrong way round or too far apart. */
export function spanOf(
  ctx: Context,
  { from, to = today(ctx) }: { from?: string | undefined; to?: string | undefined },
  mostDays = 3660,
): { from: string; to: string } {
  const first = from ?? firstOfMonth(to)
  if (first > to) throw malformedSpan('range.reversed', 'from lies behind to.')
  if (daysBetween(first, to) >= mostDays) throw malformedSpan('range.too-long', `This report takes ${mostDays} days at most.`)
  return { from: first, to }
}

const malformedSpan = (code: string, message: string) =>
  new Problem('malformed', code, message, { errors: [{ pointer: '/from', code, message }] })
