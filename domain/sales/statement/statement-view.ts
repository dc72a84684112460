import { customerOfBooks } from '../../finance/index.ts'
import type { Context } from '../../kernel/context.ts'
import type { StatementView } from '../../platform/index.ts'
import { viewCustomer } from '../document/view-parts.ts'
import { readStatement } from './read-statement.ts'
import type { Statement, StatementQuery } from './statement.ts'

type Shown = { amount: string } | null | undefined
const amountOf = (money: unknown): string => (money as { amount: string }).amount
const optional = (name: string, money: Shown) => (money ? { [name]: money.amount } : {})

/** What of a movement is known. */
const known = (row: Statement['movements'][number]) => {
  const { charge, payment, balance, id: _id, ...words } = row
  const said = Object.fromEntries(Object.entries(words).filter(([, value]) => value !== null))
  return { ...said, ...optional('charge', charge as Shown), ...optional('payment', payment as Shown), balance: amountOf(balance) }
}

/** A statement as it is printed; its number is the customer's period. */
export async function statementViewOf(
  ctx: Context,
  query: StatementQuery & { id: string },
): Promise<{ statement: Statement; view: StatementView }> {
  const [statement, customer] = await Promise.all([readStatement(ctx, query), customerOfBooks(ctx, query.id)])
  const { from, to, currency } = statement
  const view: StatementView = {
    kind: 'statement',
    number: `${from.replaceAll('-', '')}-${to.replaceAll('-', '')}`,
    currency,
    customer: viewCustomer(customer),
    from,
    to,
    opening: amountOf(statement.opening),
    closing: amountOf(statement.closing),
    charged: amountOf(statement.charged),
    paid: amountOf(statement.paid),
    overdue: amountOf(statement.overdue),
    movements: statement.movements.map((row) => known(row) as StatementView['movements'][number]),
  }
  return { statement, view }
}
