import type { Context } from '../../kernel/context.ts'
import { money } from '../../kernel/money.ts'
import type { Locale } from '../../kernel/text.ts'
import { customers } from '../../parties/index.ts'
import { documentAmount, type SendOutcome } from '../../platform/index.ts'
import { find } from '../../store/read.ts'
import { sendAnswerMail } from '../document/answer-mail.ts'
import { storedStatement } from './read-statement.ts'
import type { StatementPeriod } from './statement.ts'

interface Said extends StatementPeriod {
  confirmed: boolean
  customer: string
}

const subjects: Record<Locale, (said: Said) => string> = {
  'zh-CN': ({ confirmed, customer, from, to }) => `${customer} ${confirmed ? '已确认' : '不认可'}对账单（${from} 至 ${to}）`,
  en: ({ confirmed, customer, from, to }) => `${customer} ${confirmed ? 'confirmed' : 'objects to'} the statement ${from} to ${to}`,
}
const labels: Record<Locale, [string, string, string]> = {
  'zh-CN': ['期末余额', '答复人', '说明'],
  en: ['Closing balance', 'Answered by', 'Comment'],
}

/**
 * Tells the owner of the customer, and whoever sent the statement, what the customer said to it on its page, once. `nothing-due`
 * without anybody to tell, or when it was taken back.
 */
export async function sendStatementAnswerMail(
  ctx: Context,
  { customerId, period, eventId }: { customerId: string; period: StatementPeriod; eventId: string },
): Promise<SendOutcome | 'nothing-due'> {
  const customer = await find(ctx, customers, customerId)
  if (!customer) return 'nothing-due'
  const { answer, deliveries } = await storedStatement(ctx, customer.id, period)
  if (!answer) return 'nothing-due'
  const said: Said = { ...period, confirmed: answer.kind === 'confirmed', customer: customer.name }
  const closing = documentAmount(money(answer.closing, period.currency).amount, period.currency)
  const values = [closing, answer.by, answer.comment]
  return sendAnswerMail(ctx, {
    key: ['statement-answer', customerId, eventId],
    userIds: [customer.ownerId ?? undefined, deliveries[0]?.by],
    textsIn: (locale) => ({ subject: subjects[locale](said), rows: labels[locale].map((label, i) => [label, values[i]]) }),
  })
}
