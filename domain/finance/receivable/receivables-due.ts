import type { Context } from '../../kernel/context.ts'
import { addDays } from '../../kernel/dates.ts'
import { partitionOf } from '../../kernel/ids.ts'
import { inBase } from '../../kernel/money.ts'
import { recordOf } from '../../store/entity.ts'
import { type QueryOptions, queryAll, queryPage } from '../../store/query.ts'
import { findMany } from '../../store/read.ts'
import { openAsOf } from '../ageing/open-as-of.ts'
import { allReceivables, firstDueOn, receivables, receivablesOfOwner } from './receivable.table.ts'
import { outstandingOf, type Receivable } from './receivable.ts'

/** A receivable that reminders tell of. */
export interface DueReceivable {
  id: string
  /** The partition of its customer. */
  partition: string
  ownerId: string | undefined
  dueOn: string
  /** Minor units of the books' currency that are outstanding. */
  outstanding: number
}

/** What is open of a person's customers, or of those in the public pools, and due up to a day; one Query, 0.08 RRU each. */
export async function receivablesDueOf(ctx: Context, ownerId: string | undefined, through: string): Promise<DueReceivable[]> {
  const range = { index: 'gsi2' as const, partition: receivablesOfOwner(ownerId, 'open'), to: firstDueOn(addDays(through, 1)) }
  return (await queryAll(ctx, range)).map((item) => {
    const receivable = recordOf(receivables, item)
    const { id, dueOn, amount, exchangeRate } = receivable
    const outstanding = inBase(outstandingOf(receivable), { currency: amount.currency, exchangeRate }, ctx.tenant.currency)
    return { id, partition: partitionOf(id), ownerId, dueOn, outstanding }
  })
}

/** What is open of a person's customers and due in the days, the first due first, behind the id `after`; one Query. */
export async function receivablesDueBetween(
  ctx: Context,
  ownerId: string,
  { from, to }: { from?: string; to: string },
  page: Pick<QueryOptions, 'limit' | 'after'>,
): Promise<Receivable[]> {
  const days = { ...(from === undefined ? {} : { from: firstDueOn(from) }), to: firstDueOn(addDays(to, 1)) }
  const { items } = await queryPage(ctx, { index: 'gsi2', partition: receivablesOfOwner(ownerId, 'open'), ...days }, page)
  return items.map((item) => recordOf(receivables, item))
}

const mostLookedAt = 100

/**
 * Whose customers owe what is due up to a day, undefined for the public pools; nothing where more is due than a look tells. One Query,
 * 8 RRU at the most.
 */
export async function ownersOfDue(ctx: Context, through: string): Promise<ReadonlySet<string | undefined> | undefined> {
  const range = { index: 'gsi1' as const, partition: allReceivables('open'), to: firstDueOn(addDays(through, 1)) }
  const { items, more } = await queryPage(ctx, range, { limit: mostLookedAt })
  return more ? undefined : new Set(items.map(({ ownerId }) => ownerId as string | undefined))
}

/** What is open in the whole firm and due up to a day, from the open items; 0.015 RRU for each that is open. */
export async function receivablesDueOfAll(ctx: Context, day: string, through: string): Promise<DueReceivable[]> {
  const open = await openAsOf(ctx, day)
  return open
    .filter(({ kind, dueOn }) => kind === 'receivable' && dueOn <= through)
    .map(({ id, partition, ownerId, dueOn, balance }) => ({ id, partition, ownerId, dueOn, outstanding: balance }))
}

/** What customers promised, by receivable; half a unit of reading each. */
export async function promisesOf(ctx: Context, ids: readonly string[]): Promise<Map<string, NonNullable<Receivable['promise']>>> {
  const found = await findMany(
    ctx,
    ids.map((id) => ({ entity: receivables, id })),
  )
  return new Map(
    [...found.values()].flatMap((record) => {
      const { id, promise } = record as Receivable
      return promise ? [[id, promise] as const] : []
    }),
  )
}
