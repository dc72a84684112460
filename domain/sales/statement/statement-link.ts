import type { Context } from '../../kernel/context.ts'
import { ulidOf } from '../../kernel/ids.ts'
import { dayNumber, openSignedLink, signLink } from '../../kernel/signed-link.ts'
import type { StatementPeriod } from './statement.ts'

/** The link of a statement that was sent: whoever has it sees this customer's account of this period, and answers it. */

const purpose = 'statement'
const keptDays = 90

interface LinkedStatement extends StatementPeriod {
  customerId: string
}

/** Good for 90 days from when it was sent; the same for the same sending. */
export const statementLink = (ctx: Context, { customerId, from, to, currency }: LinkedStatement, sentAt: string): string =>
  `${ctx.publicUrl}/s/${signLink(ctx, purpose, [ulidOf(customerId), from, to, currency], dayNumber(sentAt) + keptDays)}`

/** What a token opens; undefined unless this tenant made it, byte by byte. */
export function openStatementLink(ctx: Context, token: string): (LinkedStatement & { expired: boolean }) | undefined {
  const link = openSignedLink(ctx, purpose, token)
  if (!link) return undefined
  const [customer, from, to, currency] = link.what as [string, string, string, string]
  return { customerId: `cus_${customer}`, from, to, currency, expired: link.expired }
}
