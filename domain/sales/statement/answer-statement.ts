import { StatementConfirmed, StatementObjected } from '../../../events/sales.ts'
import type { Context } from '../../kernel/context.ts'
import { today } from '../../kernel/dates.ts'
import { invalid, Problem } from '../../kernel/errors.ts'
import { minor, money } from '../../kernel/money.ts'
import { commit } from '../../store/commit.ts'
import { openStatement, shownStatement } from './read-statement.ts'
import { type StoredStatement, statementKey, statementWrite } from './statement.table.ts'
import type { ConfirmStatement, Statement, StatementAnswer, StatementPeriod } from './statement.ts'

/**
 * True once the customer has answered the figures as they are: it confirmed this closing balance, or objected to it since it was
 * sent for the last time.
 */
export function isAnswered({ answer, deliveries }: StoredStatement, closing: number): boolean {
  if (!answer || answer.closing !== closing) return false
  return answer.kind === 'confirmed' || !deliveries[0] || answer.at >= deliveries[0].at
}

type Said = Omit<StatementAnswer, 'at' | 'on'> & { on?: string | undefined }

interface Answered extends StatementPeriod {
  id: string
  said: Said
}

const changed = (closing: number, currency: string) =>
  new Problem(
    'conflict',
    'statement.changed',
    `The closing balance is ${money(closing, currency).amount} ${currency} by now. Send the customer the statement again.`,
  )

/** What the customer says to a statement, with its event; 409 `statement.changed` when it spoke of another closing balance. */
async function answer(ctx: Context, { id, said, ...period }: Answered): Promise<Statement> {
  const opened = await openStatement(ctx, { id, ...period }, { toPost: true })
  const { customer, account, stored } = opened
  if (account.closing !== said.closing) throw changed(account.closing, period.currency)
  if (said.online && isAnswered(stored, account.closing))
    throw new Problem('conflict', 'statement.answered', 'The customer has answered this statement already.')
  const on = said.on ?? today(ctx)
  const answer: StatementAnswer = { ...said, on, at: ctx.now() }
  const { version: _version, ...kept } = stored
  const after = { ...kept, answer }
  const subject = { type: 'customer', id: customer.id, customerId: customer.id }
  const { from, to, currency } = period
  const about = { from, to, currency, closing: said.closing, on, online: said.online }
  const event = said.kind === 'confirmed' ? StatementConfirmed(subject, about) : StatementObjected(subject, about)
  const result = await shownStatement(ctx, { ...opened, stored: { ...after, version: stored.version + 1 } })
  return commit(ctx, [statementWrite(statementKey(customer.id, period), stored, after)], [event], {
    result,
  }) as Promise<unknown> as Promise<Statement>
}

/**
 * Notes that the customer has confirmed the closing balance of a period. 409 `statement.changed` when the balance is another one
 * by now, with what it is; 422 `date.in-future`.
 */
export async function confirmStatement(
  ctx: Context,
  { id, from, to, currency: named, confirmedOn, confirmedBy, closing }: ConfirmStatement & { id: string },
): Promise<Statement> {
  const currency = named ?? ctx.tenant.currency
  if (confirmedOn && confirmedOn > today(ctx))
    throw invalid('date.in-future', '/confirmedOn', 'A statement has been confirmed when that is noted.')
  if (closing.currency !== currency) throw invalid('money.currency-mismatch', '/closing/currency', `This statement is in ${currency}.`)
  const said = { kind: 'confirmed' as const, online: false, closing: minor(closing) }
  return answer(ctx, {
    ...{ id, from, to, currency },
    said: { ...said, ...(confirmedOn ? { on: confirmedOn } : {}), ...(confirmedBy ? { by: confirmedBy } : {}) },
  })
}

/**
 * The customer's own answer on the page: it confirms with its name, or objects with a comment, to the closing balance that it was
 * shown. Once: 409 `statement.answered`, `statement.changed`.
 */
export const answerStatement = (
  ctx: Context,
  {
    id,
    period,
    ...said
  }: { id: string; period: StatementPeriod; kind: StatementAnswer['kind']; by: string; comment?: string; closing: number },
): Promise<Statement> => answer(ctx, { id, ...period, said: { ...said, online: true } })
