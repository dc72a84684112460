import type { Context } from '../../kernel/context.ts'
import { money } from '../../kernel/money.ts'
import type { Locale } from '../../kernel/text.ts'
import { customers } from '../../parties/index.ts'
import { documentAmount, type SendOutcome } from '../../platform/index.ts'
import { find } from '../../store/read.ts'
import { sendAnswerMail } from '../document/answer-mail.ts'
import { quotes } from './quote.table.ts'

interface Said {
  accepted: boolean
  number: string
  customer: string
}

const subjects: Record<Locale, (said: Said) => string> = {
  'zh-CN': ({ accepted, customer, number }) => `${customer} ${accepted ? '已接受' : '未接受'}报价 ${number}`,
  en: ({ accepted, customer, number }) => `${customer} ${accepted ? 'accepted' : 'declined'} quotation ${number}`,
}
const labels: Record<Locale, [string, string, string, string, string]> = {
  'zh-CN': ['合计', '答复人', '客户订单号', '留言', '原因'],
  en: ['Total', 'Answered by', 'Their order number', 'Message', 'Reason'],
}

/** Tells whoever answers for a quote what the customer decided, once. `nothing-due` without anybody to tell, or when it was taken back. */
export async function sendDecisionMail(
  ctx: Context,
  { quoteId, eventId }: { quoteId: string; eventId: string },
): Promise<SendOutcome | 'nothing-due'> {
  const quote = await find(ctx, quotes, quoteId)
  if (!quote?.decision) return 'nothing-due'
  const customer = await find(ctx, customers, quote.customerId)
  const { name, comment, reason, customerPo } = quote.decision
  const total = documentAmount(money(quote.total, quote.currency).amount, quote.currency)
  const said: Said = { accepted: quote.status === 'accepted', number: quote.number, customer: customer?.name ?? '' }
  const values = [total, name, customerPo, comment, reason]
  return sendAnswerMail(ctx, {
    key: ['quote-decision', quoteId, eventId],
    userIds: [quote.ownerId ?? quote.createdBy],
    textsIn: (locale) => ({ subject: subjects[locale](said), rows: labels[locale].map((label, i) => [label, values[i]]) }),
  })
}
