import type { Context } from '../../kernel/context.ts'
import { addDays } from '../../kernel/dates.ts'
import { queryPage } from '../../store/query.ts'
import { postingsOfAll } from '../ledger/posting.table.ts'
import type { Posting } from '../ledger/posting.ts'

/** The months `YYYY-MM` in which days from one to another lie. */
function monthsOf(from: string, to: string): string[] {
  const months: string[] = []
  for (let month = from.slice(0, 7); month <= to.slice(0, 7); month = addDays(`${month}-28`, 4).slice(0, 7)) months.push(month)
  return months
}

async function* ofMonth(ctx: Context, month: string, from: string | undefined): AsyncGenerator<Posting[]> {
  const range = postingsOfAll(month, from)
  let after: string | undefined
  for (let isMore = true; isMore; ) {
    const { items, more } = await queryPage(ctx, range, { after })
    yield items as unknown as Posting[]
    after = items.at(-1)?.gsi1sk as string | undefined
    isMore = more && items.length > 0
  }
}

/** The postings of all customers with business dates from one day to another, both included; nothing of other days is read but of the last month. */
export async function* postingsBetween(ctx: Context, from: string, to: string): AsyncGenerator<Posting[]> {
  // Ids of days before 1970 sort together: only the posting itself says its day.
  for (const [i, month] of monthsOf(from, to).entries())
    for await (const page of ofMonth(ctx, month, i === 0 ? from : undefined)) yield page.filter(({ on }) => on >= from && on <= to)
}
