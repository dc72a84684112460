import { Problem } from '../../kernel/errors.ts'
import { quoted } from '../../kernel/text.ts'
import type { PaymentTerms } from './payment-terms.ts'

const atOnce = new Set([
  ...['现结', '现款', '现金', '预付', '预付款', '款到发货', '先款后货', '货到付款'],
  ...['cod', 'cash', 'prepaid', 'prepayment', 'immediate', 'dueonreceipt', 'cashondelivery'],
])
const most = { days: 365, months: 12, day: 31 }
const days = '(?:天|日|days?|d)?'
const monthEnd = new RegExp(`^(?:月结(\\d+)${days}|(?:net)?(\\d+)${days}eom|eom\\+?(\\d+)${days})$`)
const plain = new RegExp(`^(?:net|账期|票到|开票后|出货后|发货后)?(\\d+)${days}(?:net)?$`)
/** 月结1个月25日截止10日付款; as `termsText` writes it. */
const monthly = /^月结(?:(\d+)个月)?(?:(\d+)天)?(?:(\d+)[日号]截止)?(?:(\d+)[日号]付款)?$/
const fromSigning = /^(?:签收后|验收后)|[，,]?以?签收日计$|signed$/

const wrong = (text: string) =>
  new Problem(
    'invalid',
    'row.terms-invalid',
    `${quoted(text)} says no terms. Write the days: 30, net 30, 月结30天, 签收后30天, 月结1个月25日截止; 0 or 现结 for what is due at once.`,
  )

const within = (number: string | undefined, limit: number): boolean => number === undefined || Number(number) <= limit

/** 月结 by months, with its own cut-off and pay day; undefined for what is no such text. */
function monthlyOf(said: string, from: 'shipment' | 'signed'): PaymentTerms | undefined {
  const found = monthly.exec(said)
  // How long to wait is what matters: 月结 alone leaves it open.
  if (!found?.slice(1).some(Boolean)) return undefined
  const [months, after, cutoff, pay] = found.slice(1)
  const isDay = (day: string | undefined) => within(day, most.day) && day !== '0'
  if (!within(months, most.months) || !within(after, most.days) || !isDay(cutoff) || !isDay(pay)) return undefined
  return {
    kind: 'monthly',
    from,
    cutoffDay: Number(cutoff ?? most.day),
    ...(months ? { months: Number(months) } : {}),
    ...(after ? { days: Number(after) } : {}),
    ...(pay ? { payDay: Number(pay) } : {}),
  }
}

/** Terms as people write them: 30, net 30, 签收后30天, 月结60天, 月结1个月25日截止, 现结. 422 `row.terms-invalid`. */
export function termsValue(_: unknown, text: string): PaymentTerms {
  const whole = text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s.,，]/g, '')
  if (atOnce.has(whole)) return { kind: 'prepaid' }
  const from = fromSigning.test(whole) ? 'signed' : 'shipment'
  const said = whole.replace(fromSigning, '')
  const settled = monthEnd.exec(said)
  const after = settled?.slice(1).find((part) => part !== undefined) ?? plain.exec(said)?.[1]
  if (after === undefined) {
    const terms = monthlyOf(said, from)
    if (terms) return terms
    throw wrong(text)
  }
  if (Number(after) > most.days) throw wrong(text)
  return settled ? { kind: 'monthly', from, cutoffDay: most.day, days: Number(after) } : { kind: 'days', from, days: Number(after) }
}

/** The same as a cell that reads as these terms again. */
export function termsText(terms: PaymentTerms): string {
  if (terms.kind === 'prepaid') return '现结'
  if (terms.kind === 'days') return `${terms.from === 'signed' ? '签收后' : '发货后'}${terms.days}天`
  const { months, days: after, cutoffDay, payDay, from } = terms
  const parts = [
    typeof months === 'number' ? `${months}个月` : '',
    typeof after === 'number' ? `${after}天` : '',
    `${cutoffDay}日截止`,
    payDay ? `${payDay}日付款` : '',
    from === 'signed' ? '，以签收日计' : '',
  ]
  return `月结${parts.join('')}`
}
