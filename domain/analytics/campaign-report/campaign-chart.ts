import type { Context } from '../../kernel/context.ts'
import { digitsOf } from '../../kernel/money.ts'
import { type Chart, chartOf } from '../chart/chart.ts'
import { type CampaignRow, funnelOf } from './campaign-row.ts'
import { campaignTexts } from './campaign-texts.ts'

type Words = Pick<Chart, 'subtitle' | 'locale' | 'kind'>

/** One campaign from its audience to its orders. */
async function funnelChart(ctx: Context, row: CampaignRow, words: Words): Promise<Chart> {
  const { funnel: title, steps, figures } = campaignTexts[ctx.tenant.locale]
  const funnel = await funnelOf(ctx, row.campaign)
  const people = Object.entries(steps).map(([name, category]) => ({ category, value: funnel[name] ?? 0 }))
  const brought = (['leads', 'converted', 'orders'] as const).map((name) => ({ category: figures[name], value: row[name] }))
  const all = [...people, ...brought]
  const categories = all.map(({ category }) => category)
  return chartOf(all, { ...words, title: `${title} · ${row.campaign.name}`, digits: 0, name: title, categories })
}

/** Several by the gross profit that each is credited with. */
function profitChart(ctx: Context, rows: readonly CampaignRow[], words: Words): Chart {
  const { title, figures } = campaignTexts[ctx.tenant.locale]
  const digits = digitsOf(ctx.tenant.currency)
  const drawn = rows.map(({ campaign, grossProfit }) => ({ category: campaign.name, value: grossProfit / 10 ** digits }))
  const subtitle = `${words.subtitle} · ${figures.grossProfit} · ${ctx.tenant.currency}`
  return chartOf(drawn, { ...words, subtitle, title, digits, name: figures.grossProfit })
}

/** The report as a picture: of one campaign its funnel, of several their gross profit. */
export async function campaignChart(
  ctx: Context,
  rows: readonly CampaignRow[],
  { from, to }: { from: string; to: string },
): Promise<string> {
  const { renderChart } = await import('../chart/render-chart.ts')
  const words: Words = { subtitle: `${from} – ${to}`, locale: ctx.tenant.locale, kind: 'bars' }
  return renderChart(rows.length === 1 ? await funnelChart(ctx, rows[0]!, words) : profitChart(ctx, rows, words))
}
