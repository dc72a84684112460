import { type Receivable, receivablesDueBetween } from '../../finance/index.ts'
import { allowed } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { addDays } from '../../kernel/dates.ts'
import { type ContactDue, type DueQuote, endOfDay } from '../../parties/index.ts'
import { dueKey } from '../../store/entity-definition.ts'
import { queryPage } from '../../store/query.ts'

interface At {
  /** The day. */
  on: string
  id: string
}

type Owed = At & { kind: 'receivable'; receivable: Receivable }
type DueEntry = At & { kind: 'contact' | 'quote' | 'delivery' | 'reorder' | 'dormant' | 'reclaim' } & ContactDue &
  Pick<DueQuote, 'number' | 'validUntil' | 'why'>

/** What is due on a day: an entry that was written for the day, or a receivable, which has none (docs/adr/0010). */
export type DueThing = Owed | DueEntry

/** Where a thing stands among all that is due; also the sort key of an entry. */
export const placeOf = ({ on, kind, id }: DueThing): string => `${on}#${kind}#${id}`

/** The days, and where receivables go on behind a place among all that is due. */
function owedBehind(days: { from?: string; to: string }, place: string | undefined) {
  if (place === undefined) return { days, after: undefined }
  const [on, kind, id] = place.split('#') as [string, string, string]
  if (kind === 'receivable') return { days, after: id }
  return { days: { ...days, from: kind < 'receivable' ? on : addDays(on, 1) }, after: undefined }
}

/**
 * What is due for a person in the days, by day and kind, behind the place `after`: a Query of the entries, and one of the receivables
 * where the caller may see them.
 */
export async function dueThings(
  ctx: Context,
  ownerId: string,
  days: { from?: string; to: string },
  { limit, after }: { limit: number; after: string | undefined },
): Promise<DueThing[]> {
  const { pk: partition } = dueKey({ owner: ownerId, on: '', kind: '', id: '' })
  const owed = owedBehind(days, after)
  const [{ items }, receivables] = await Promise.all([
    queryPage<DueEntry>(ctx, { partition, ...days, to: endOfDay(days.to) }, { limit, after }),
    allowed(ctx.actor, 'receivables.read') ? receivablesDueBetween(ctx, ownerId, owed.days, { limit, after: owed.after }) : [],
  ])
  const things: DueThing[] = [
    ...items,
    ...receivables.map((receivable) => ({ kind: 'receivable' as const, on: receivable.dueOn, id: receivable.id, receivable })),
  ]
  return things.sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1)).slice(0, limit)
}
