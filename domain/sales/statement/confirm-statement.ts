import { StatementConfirmed } from '../../../events/sales.ts'
import { customerOfBooks } from '../../finance/index.ts'
import type { Context } from '../../kernel/context.ts'
import { today } from '../../kernel/dates.ts'
import { invalid, Problem } from '../../kernel/errors.ts'
import { minor } from '../../kernel/money.ts'
import { commit } from '../../store/commit.ts'
import { itemKey } from '../../store/entity.ts'
import type { Write } from '../../store/write.ts'
import { readStatement } from './read-statement.ts'
import { confirmationKey, type StoredConfirmation } from './statement.table.ts'
import type { ConfirmStatement, Statement } from './statement.ts'

/**
 * Notes that the customer has confirmed the closing balance of a period. 409 `statement.changed` when the balance is another one
 * by now, with what it is; 422 `date.in-future`.
 */
export async function confirmStatement(
  ctx: Context,
  { id, confirmedOn, confirmedBy, closing, ...period }: ConfirmStatement & { id: string },
): Promise<Statement> {
  const customer = await customerOfBooks(ctx, id, { toPost: true })
  const currency = period.currency ?? ctx.tenant.currency
  const day = confirmedOn ?? today(ctx)
  if (day > today(ctx)) throw invalid('date.in-future', '/confirmedOn', 'A statement has been confirmed when that is noted.')
  if (closing.currency !== currency) throw invalid('money.currency-mismatch', '/closing/currency', `This statement is in ${currency}.`)
  const statement = await readStatement(ctx, { id: customer.id, from: period.from, to: period.to, currency })
  if (minor(statement.closing as never) !== minor(closing))
    throw new Problem(
      'conflict',
      'statement.changed',
      `The closing balance is ${(statement.closing as { amount: string }).amount} ${currency} by now. Send the customer the statement again.`,
    )
  const stored: StoredConfirmation = {
    confirmedOn: day,
    confirmedAt: ctx.now(),
    closing: minor(closing),
    ...(confirmedBy ? { confirmedBy } : {}),
  }
  const write: Write = {
    result: undefined,
    actions: () => [
      {
        ...itemKey(ctx, confirmationKey(customer.id, { ...period, currency })),
        put: { Item: { entity: 'statement', schema: 1, ...stored } },
      },
    ],
  }
  const subject = { type: 'customer', id: customer.id, customerId: customer.id }
  const event = StatementConfirmed(subject, { from: period.from, to: period.to, currency, closing: stored.closing, on: day })
  const after: Statement = {
    ...statement,
    confirmation: { confirmedOn: day, confirmedBy: confirmedBy ?? null, confirmedAt: stored.confirmedAt, closing: statement.closing },
  }
  return commit(ctx, [write], [event], { result: after }) as Promise<unknown> as Promise<Statement>
}
