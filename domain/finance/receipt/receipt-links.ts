import type { Context } from '../../kernel/context.ts'
import { Problem } from '../../kernel/errors.ts'
import { money } from '../../kernel/money.ts'
import { quoted } from '../../kernel/text.ts'
import type { Values } from '../../kernel/transfer-kind.ts'
import { customers } from '../../parties/index.ts'
import { findGuarded } from '../../store/guard.ts'
import { findParents } from '../../store/read.ts'
import { outstandingOf } from '../receivable/receivable.ts'
import { receivablesById } from '../settlement/read-receivables.ts'

const unknown = (field: string, what: string, number: string) => {
  const message = `There is no ${what} with the number ${quoted(number)}. Correct the cell, or leave it empty.`
  return new Problem('invalid', 'row.link-unknown', message, { errors: [{ pointer: `/${field}`, code: 'row.link-unknown', message }] })
}

/** The order that a row names by its number; 422 `row.link-unknown`. */
export async function orderOfRow(ctx: Context, values: Values): Promise<string | undefined> {
  const number = values['order.number']
  if (number === undefined) return undefined
  const id = await findGuarded(ctx, 'order-number', String(number), true)
  if (id) return id
  throw unknown('order.number', 'order', String(number))
}

/** The receivables that a row names by their numbers, in the order of the cell; 422 `row.link-unknown`. */
export async function receivablesOfRow(ctx: Context, values: Values): Promise<string[]> {
  const numbers = [...new Set((values['receivable.number'] ?? []) as string[])]
  const found = await Promise.all(numbers.map((number) => findGuarded(ctx, 'receivable-number', number, true)))
  const missing = found.indexOf(undefined)
  if (missing >= 0) throw unknown('receivable.number', 'receivable', numbers[missing]!)
  return found as string[]
}

/** The customer of a document: who names it says who paid. */
export async function customerOfDocument(ctx: Context, id: string | undefined): Promise<string | undefined> {
  if (!id) return undefined
  return (await findParents(ctx, customers, [id], { consistent: true })).get(id)?.id
}

/** As much of the money as the named receivables still take, the first named first; what is left settles nothing. */
export async function allocationsTo(ctx: Context, ids: readonly string[], available: number, currency: string): Promise<object[]> {
  const found = await receivablesById(ctx, [...ids])
  let left = available
  return ids.flatMap((receivableId) => {
    const receivable = found.get(receivableId)
    const units = Math.min(left, receivable ? outstandingOf(receivable) : 0)
    left -= units
    return units > 0 ? [{ receivableId, amount: money(units, currency) }] : []
  })
}
