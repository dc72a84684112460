import type { Context } from '../../kernel/context.ts'
import { addDays } from '../../kernel/dates.ts'
import { queryPages } from '../../store/query.ts'
import { latePostings, postingsOfAll } from './posting.table.ts'
import type { Posting } from './posting.ts'

/** The month `YYYY-MM` behind another. */
export const nextMonth = (month: string): string => addDays(`${month}-28`, 4).slice(0, 7)

/** The months `YYYY-MM` in which days from one to another lie; none when the other comes before. */
export function monthsBetween(from: string, to: string): string[] {
  const months: string[] = []
  for (let month = from.slice(0, 7); month <= to.slice(0, 7); month = nextMonth(month)) months.push(month)
  return months
}

/** The postings of all customers with business dates from one day to another, both included; nothing of other days is read but of the last month. */
export async function* postingsBetween(ctx: Context, from: string, to: string): AsyncGenerator<Posting[]> {
  // Ids of days before 1970 sort together: only the posting itself says its day.
  for (const [i, month] of monthsBetween(from, to).entries())
    for await (const page of queryPages<Posting>(ctx, postingsOfAll(month, i === 0 ? from : undefined)))
      yield page.filter(({ on }) => on >= from && on <= to)
}

/** The postings that were entered behind one moment and up to another for days of earlier months, in the order of entry. */
export async function* postedLate(ctx: Context, behind: string, upTo: string): AsyncGenerator<Posting[]> {
  for (const month of monthsBetween(behind, upTo))
    for await (const page of queryPages<Posting>(ctx, latePostings(month, behind))) yield page.filter(({ createdAt }) => createdAt <= upTo)
}
