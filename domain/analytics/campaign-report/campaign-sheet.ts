import type { Context } from '../../kernel/context.ts'
import { digitsOf } from '../../kernel/money.ts'
import type { Cell } from '../../kernel/transfer-kind.ts'
import { writeXlsx } from '../../platform/index.ts'
import { roiOf } from './attribute.ts'
import { type CampaignRow, funnelOf } from './campaign-row.ts'
import { campaignTexts } from './campaign-texts.ts'

/** Campaigns side by side as a sheet: the funnel, then what it brought; amounts in the currency of the firm. */
export async function campaignSheet(ctx: Context, rows: readonly CampaignRow[]): Promise<Uint8Array> {
  const { currency, locale } = ctx.tenant
  const { title, campaign, steps, refusals, figures } = campaignTexts[locale]
  const amount = (units: number): Cell => units / 10 ** digitsOf(currency)
  const unit = (name: string) => `${name} (${currency})`
  const { cost, revenue, grossProfit, costUnknown, roi, ...counts } = figures
  const headings = [
    ...[campaign, ...Object.values(steps), ...Object.values(refusals), ...Object.values(counts)],
    ...[unit(revenue), unit(grossProfit), unit(costUnknown), unit(cost), roi],
  ]
  async function* cells(): AsyncGenerator<Cell[]> {
    for (const row of rows) {
      const funnel = await funnelOf(ctx, row.campaign)
      const of = (names: object): Cell[] => Object.keys(names).map((name) => funnel[name] ?? 0)
      yield [
        ...[row.campaign.name, ...of(steps), ...of(refusals), row.leads, row.qualified, row.converted, row.customers, row.orders],
        ...[amount(row.revenue), amount(row.grossProfit), amount(row.costUnknown), amount(row.cost), roiOf(row.grossProfit, row.cost)],
      ]
    }
  }
  const pieces: Uint8Array[] = []
  for await (const piece of writeXlsx(title, headings, cells())) pieces.push(piece)
  return Buffer.concat(pieces)
}
