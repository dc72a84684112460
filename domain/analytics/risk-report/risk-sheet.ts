import type { RiskFlag } from '../../finance/index.ts'
import type { Context } from '../../kernel/context.ts'
import { digitsOf } from '../../kernel/money.ts'
import type { Cell } from '../../kernel/transfer-kind.ts'
import { writeXlsx } from '../../platform/index.ts'
import type { AtRisk } from './report-risk.ts'

/** The words of the risk list as a sheet and as a picture. */
export const riskTexts = {
  'zh-CN': {
    title: '应收风险',
    notDue: '未到期',
    headings: ['客户', '应收余额', '其中逾期', '最长逾期天数', '信用占用', '信用额度', '逾期上限', '风险'],
    flags: {
      concentration: '占比过高',
      'over-overdue-limit': '超逾期上限',
      'oldest-over-90': '逾期超过 90 天',
      'over-credit-limit': '超信用额度',
    },
    between: '、',
  },
  en: {
    title: 'Receivables at risk',
    notDue: 'Not due',
    headings: ['Customer', 'Outstanding', 'Overdue', 'Oldest, days', 'Exposure', 'Credit limit', 'Overdue limit', 'Flags'],
    flags: {
      concentration: 'large share',
      'over-overdue-limit': 'over the overdue limit',
      'oldest-over-90': 'over 90 days late',
      'over-credit-limit': 'over the credit limit',
    },
    between: ', ',
  },
} satisfies Record<string, { title: string; notDue: string; headings: string[]; flags: Record<RiskFlag['flag'], string>; between: string }>

/** The risk list as a sheet; amounts in the currency of the firm. */
export async function riskSheet(ctx: Context, risks: AtRisk[]): Promise<Uint8Array> {
  const { title, headings, flags, between } = riskTexts[ctx.tenant.locale]
  const amount = (minor: number | null): Cell => (minor === null ? null : minor / 10 ** digitsOf(ctx.tenant.currency))
  async function* rows(): AsyncGenerator<Cell[]> {
    for (const risk of [...risks].sort((a, b) => b.outstanding - a.outstanding))
      yield [
        risk.customer.name,
        amount(risk.outstanding),
        amount(risk.overdue),
        risk.oldestDays,
        amount(risk.exposure),
        amount(risk.creditLimit),
        amount(risk.overdueLimit),
        risk.flags.map(({ flag }) => flags[flag]).join(between),
      ]
  }
  const pieces: Uint8Array[] = []
  for await (const piece of writeXlsx(title, headings, rows())) pieces.push(piece)
  return Buffer.concat(pieces)
}
