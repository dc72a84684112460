import Big from 'big.js'
import type { Locale } from '../../../kernel/text.ts'
import type { DocumentView } from '../document-view.ts'
import type { totalRows } from '../template/layout.ts'
import { amountText, isZero } from '../wording/format.ts'
import type { TotalsBlock } from './composed.ts'

type TotalRow = (typeof totalRows)[number]

const labels: Record<TotalRow, Record<Locale, string>> = {
  sum: { 'zh-CN': '小计', en: 'Subtotal' },
  discount: { 'zh-CN': '优惠', en: 'Discount' },
  net: { 'zh-CN': '不含税金额', en: 'Net' },
  tax: { 'zh-CN': '税额', en: 'Tax' },
  total: { 'zh-CN': '合计', en: 'Total' },
  opening: { 'zh-CN': '期初余额', en: 'Opening balance' },
  charged: { 'zh-CN': '本期应收', en: 'Charged' },
  paid: { 'zh-CN': '本期收款及冲减', en: 'Paid and credited' },
  closing: { 'zh-CN': '期末余额', en: 'Closing balance' },
  overdue: { 'zh-CN': '其中逾期', en: 'Of this overdue' },
}

/** The sums a document has, in the order in which they add up; those that say nothing are left out. */
function sumsOf(view: DocumentView): [TotalRow, string][] {
  if (view.kind === 'statement') {
    const { opening, charged, paid, closing, overdue = '0' } = view
    const rows: [TotalRow, string][] = [
      ['opening', opening],
      ['charged', charged],
      ['paid', paid],
      ['closing', closing],
    ]
    return isZero(overdue) ? rows : [...rows, ['overdue', overdue]]
  }
  if (!view.totals) return []
  const { net, tax, discount, total } = view.totals
  const decimals = total.split('.')[1]?.length ?? 0
  const sum = view.lines.reduce((all, { amount = '0' }) => all.plus(amount), new Big(0)).toFixed(decimals)
  const discounted: [TotalRow, string][] = isZero(discount)
    ? []
    : [
        ['sum', sum],
        ['discount', `-${discount}`],
      ]
  const taxed: [TotalRow, string][] = isZero(tax)
    ? []
    : [
        ['net', net],
        ['tax', tax],
      ]
  return [...discounted, ...taxed, ['total', total]]
}

const totalLabel = (view: DocumentView, locale: Locale): string => {
  const isTaxed = view.kind !== 'statement' && view.totals && !isZero(view.totals.tax)
  if (locale === 'en') return `Total${isTaxed ? ' incl. tax' : ''}`
  return isTaxed ? '价税合计' : labels.total[locale]
}

/** The sums below the lines: the rows that are wanted, in that order, of those that the document has. */
export function composeTotals(view: DocumentView, locale: Locale, wanted?: readonly TotalRow[]): TotalsBlock {
  const sums = sumsOf(view)
  const rows = wanted ? wanted.flatMap((row) => sums.filter(([name]) => name === row)) : sums
  return {
    type: 'totals',
    rows: rows.map(([name, amount]) => ({
      label: name === 'total' ? totalLabel(view, locale) : labels[name][locale],
      text: amountText(amount, view.currency),
      value: Number(amount),
      ...(name === 'total' || name === 'closing' ? { strong: true } : {}),
    })),
  }
}
