import type { Context } from '../../kernel/context.ts'
import { invalid, notFound } from '../../kernel/errors.ts'
import { type Customer, isThingOf } from '../../parties/index.ts'
import { findMany } from '../../store/read.ts'
import { receivables } from '../receivable/receivable.table.ts'
import type { Receivable } from '../receivable/receivable.ts'

/** Receivables by id, read consistently. */
export async function receivablesById(ctx: Context, ids: string[]): Promise<Map<string, Receivable>> {
  if (ids.length === 0) return new Map()
  const wanted = ids.map((id) => ({ entity: receivables, id }))
  return (await findMany(ctx, wanted, { consistent: true })) as Map<string, Receivable>
}

/**
 * The receivables that something is to be allocated to, in the order of their ids. 404 for one that does not exist, 422
 * `allocation.other-customer`, `allocation.currency-mismatch` and `allocation.twice`, each at its place.
 */
export async function receivablesToSettle(
  ctx: Context,
  customer: Customer,
  currency: string,
  ids: string[],
  at = '/allocations',
): Promise<Receivable[]> {
  const twice = ids.findIndex((id, i) => ids.indexOf(id) !== i)
  if (twice >= 0)
    throw invalid('allocation.twice', `${at}/${twice}/receivableId`, 'This receivable stands in the list twice: add the two up.')
  const found = await receivablesById(ctx, ids)
  return ids.map((id, i) => {
    const pointer = `${at}/${i}/receivableId`
    const receivable = found.get(id)
    if (!receivable) throw notFound('receivable', pointer)
    if (!isThingOf(customer, id))
      throw invalid(
        'allocation.other-customer',
        pointer,
        'This receivable is of another customer: what one firm pays settles what that firm owes.',
      )
    if (receivable.amount.currency !== currency)
      throw invalid(
        'allocation.currency-mismatch',
        pointer,
        `This receivable is in ${receivable.amount.currency}, the money in ${currency}. Post the money in ${receivable.amount.currency}, at what the bank made of it.`,
      )
    return receivable
  })
}
