import type { Context } from '../../kernel/context.ts'
import { addChange, changesOf, type OpenBalance, type OpenBalances } from '../ledger/open-change.ts'
import type { Posting } from '../ledger/posting.ts'
import { readMonth, readMonthEnds } from '../month-end/month-end.table.ts'
import { monthOf } from '../month-end/month-end.ts'
import type { BookFault } from './check-books.ts'

/** What differs between what is kept of something at the end of a month and what the ledger comes to. */
function differences(month: string, id: string, kept: OpenBalance | undefined, computed: OpenBalance | undefined): BookFault[] {
  const figures = [
    ['open at the end of', 'amount'],
    ['open in base at the end of', 'balance'],
  ] as const
  return figures.flatMap(([what, figure]) => {
    const fault = { about: id, what: `${what} ${month}`, kept: kept?.[figure] ?? 0, computed: computed?.[figure] ?? 0 }
    return fault.kept === fault.computed ? [] : [fault]
  })
}

/** Compares each month's end with the postings that were entered by the moment up to which it is counted. */
export async function checkMonthEnds(ctx: Context, postings: readonly Posting[]): Promise<BookFault[]> {
  const ends = await readMonthEnds(ctx, { consistent: true })
  if (!ends) return []
  const changes = postings.filter(({ createdAt }) => createdAt <= ends.cut).flatMap(changesOf)
  const months = new Set([...Object.keys(ends.months), ...changes.map(({ on }) => monthOf(on))])
  const open: OpenBalances = new Map()
  const faults: BookFault[] = []
  for (const month of [...months].sort()) {
    if (month > ends.through) break
    for (const change of changes) if (monthOf(change.on) === month) addChange(open, change)
    const end = ends.months[month]
    const kept = (end && (await readMonth(ctx, month, end))?.open) ?? new Map<string, OpenBalance>()
    for (const id of new Set([...kept.keys(), ...open.keys()])) faults.push(...differences(month, id, kept.get(id), open.get(id)))
  }
  return faults
}
