import type { Context } from '../../kernel/context.ts'
import { findByExternalId } from '../../store/external-id.ts'
import { findGuarded } from '../../store/guard.ts'
import { queryAll } from '../../store/query.ts'
import { findInOrder } from '../../store/read.ts'
import { receivablesById } from '../settlement/read-receivables.ts'
import { receivables, sharesOf } from './receivable.table.ts'
import type { Receivable } from './receivable.ts'

/** Receivables by their ids, in that order; those that do not exist are left out. */
export async function receivablesOfIds(ctx: Context, ids: string[]): Promise<Receivable[]> {
  return findInOrder(ctx, receivables, ids)
}

/** The receivables of an order, or of a shipment that belongs to none, however many there are: few. */
export async function receivablesOf(ctx: Context, of: string): Promise<Receivable[]> {
  const shares = await queryAll(ctx, sharesOf(of), { consistent: true })
  const found = await receivablesById(
    ctx,
    shares.map(({ ref }) => ref as string),
  )
  return [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** The receivable with a number, if there is one. */
export async function receivablesByNumber(ctx: Context, number: string): Promise<Receivable[]> {
  const id = await findGuarded(ctx, 'receivable-number', number)
  return receivablesOfIds(ctx, id ? [id] : [])
}

/** The same by externalId. */
export async function receivablesByExternalId(ctx: Context, externalId: string): Promise<Receivable[]> {
  const id = await findByExternalId(ctx, 'receivable', externalId)
  return receivablesOfIds(ctx, id ? [id] : [])
}
