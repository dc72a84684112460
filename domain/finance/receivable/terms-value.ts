import { Problem } from '../../kernel/errors.ts'
import type { Terms } from './due-on.ts'

const atOnce = new Set([
  ...['现结', '现款', '现金', '预付', '预付款', '款到发货', '先款后货', '货到付款'],
  ...['cod', 'cash', 'prepaid', 'prepayment', 'immediate', 'dueonreceipt', 'cashondelivery'],
])
const mostDays = 365
const days = '(?:天|日|days?|d)?'
const monthly = new RegExp(`^(?:月结(\\d+)${days}|(?:net)?(\\d+)${days}eom|eom\\+?(\\d+)${days})$`)
const plain = new RegExp(`^(?:net|账期|票到|开票后|出货后|发货后)?(\\d+)${days}(?:net)?$`)

/** Terms as people write them: 30, net 30, 30天, 月结60天, 现结. 422 `row.terms-invalid`. */
export function termsValue(_: unknown, text: string): Terms {
  const said = text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s.,]/g, '')
  if (atOnce.has(said)) return { kind: 'prepaid' }
  const settled = monthly.exec(said)
  const after = settled?.slice(1).find((part) => part !== undefined) ?? plain.exec(said)?.[1]
  if (after === undefined || Number(after) > mostDays)
    throw new Problem(
      'invalid',
      'row.terms-invalid',
      `${JSON.stringify(text.slice(0, 60))} says no terms. Write the days: 30, net 30, 月结30天; 0 or 现结 for what is due at once.`,
    )
  return settled
    ? { kind: 'monthly', from: 'shipment', cutoffDay: 31, days: Number(after) }
    : { kind: 'days', from: 'shipment', days: Number(after) }
}
