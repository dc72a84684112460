import type { Context } from '../../kernel/context.ts'
import { type Contact, contacts, languageOf } from '../../parties/index.ts'
import type { StatementView } from '../../platform/index.ts'
import { find } from '../../store/read.ts'
import { viewCustomer, viewPerson } from '../document/view-parts.ts'
import { type OpenedStatement, openStatement, shownStatement } from './read-statement.ts'
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

/**
 * A statement as it is printed, in the language of the primary contact; its number is the customer's period. Whoever has the
 * customer answers for it, and for one of the public pool whoever sent it.
 */
export async function statementViewOf(
  ctx: Context,
  query: StatementQuery & { id: string },
): Promise<OpenedStatement & { statement: Statement; view: StatementView }> {
  const opened = await openStatement(ctx, query)
  const { customer, stored } = opened
  const [statement, contact, person]: [Statement, Contact | undefined, object] = await Promise.all([
    shownStatement(ctx, opened),
    customer.primaryContactId ? find(ctx, contacts, customer.primaryContactId) : undefined,
    viewPerson(ctx, customer.ownerId ?? stored.deliveries[0]?.by),
  ])
  const { from, to, currency } = statement
  const view: StatementView = {
    kind: 'statement',
    number: `${from.replaceAll('-', '')}-${to.replaceAll('-', '')}`,
    locale: languageOf(customer, contact, ctx.tenant.locale),
    currency,
    customer: viewCustomer(customer, contact),
    ...person,
    from,
    to,
    opening: amountOf(statement.opening),
    closing: amountOf(statement.closing),
    charged: amountOf(statement.charged),
    paid: amountOf(statement.paid),
    overdue: amountOf(statement.overdue),
    movements: statement.movements.map((row) => known(row) as StatementView['movements'][number]),
  }
  return { ...opened, statement, view }
}
