import { outstandingOf, type Receivable } from '../../finance/index.ts'
import type { Locale } from '../../kernel/text.ts'
import { moneyText } from '../wording.ts'

/** What a customer owes, in words: how much is outstanding, and what it says about it. */
export function receivableText(receivable: Receivable, locale: Locale): string {
  const { number, amount, disputed, promise } = receivable
  const money = moneyText(outstandingOf(receivable), amount.currency, locale)
  if (locale === 'zh-CN') {
    const said = disputed ? '，有争议' : promise ? `，承诺 ${promise.on} 付款` : ''
    return `应收 ${number} 未收 ${money}${said}`
  }
  const said = disputed ? ', disputed' : promise ? `, promised for ${promise.on}` : ''
  return `${money} of ${number} to be paid${said}`
}
