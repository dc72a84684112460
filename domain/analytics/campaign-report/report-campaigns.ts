import type { Context } from '../../kernel/context.ts'
import { notFound, Problem } from '../../kernel/errors.ts'
import { type FileAnswer, fileAnswer } from '../../kernel/file-answer.ts'
import { minor, money } from '../../kernel/money.ts'
import { type Campaign, campaignLeads } from '../../marketing/index.ts'
import { inOrder, pageRows } from '../report/page-rows.ts'
import { reportFiles } from '../report/report.ts'
import { spanOf } from '../report/span.ts'
import { type Credited, nothingCredited, roiOf } from './attribute.ts'
import { campaignChart } from './campaign-chart.ts'
import type { CampaignReport, CampaignReportQuery } from './campaign-report.ts'
import { type CampaignFigures, type CampaignRow, funnelOf } from './campaign-row.ts'
import { campaignSheet } from './campaign-sheet.ts'
import { effectSpan, readEffect } from './read-effect.ts'

/** A file shows every campaign with its funnel; funnels are read delivery by delivery. */
const mostInFile = 200
const mostDays = 1100

const costIn = ({ costs = [] }: Campaign, currency: string): number =>
  costs.filter(({ amount }) => amount.currency === currency).reduce((sum, { amount }) => sum + minor(amount), 0)

function otherCosts({ costs = [] }: Campaign, currency: string) {
  const sums = new Map<string, number>()
  for (const { amount } of costs)
    if (amount.currency !== currency) sums.set(amount.currency, (sums.get(amount.currency) ?? 0) + minor(amount))
  return [...sums].map(([other, sum]) => money(sum, other))
}

async function rowsOf(ctx: Context, campaigns: Campaign[], credited: ReadonlyMap<string, Credited>): Promise<CampaignRow[]> {
  const leads = await campaignLeads(
    ctx,
    campaigns.map(({ id }) => id),
  )
  return campaigns.map((campaign, i) => {
    const { customers, ...sums } = credited.get(campaign.id) ?? nothingCredited()
    const cost = costIn(campaign, ctx.tenant.currency)
    return { campaign, key: [campaign.id], weight: sums.grossProfit, ...sums, customers: customers.size, cost, ...leads[i]! }
  })
}

/** The whole of some campaigns; a customer of two of them counts once. */
function totalOf(rows: CampaignRow[], credited: ReadonlyMap<string, Credited>): CampaignFigures {
  const sum = (of: (row: CampaignRow) => number) => rows.reduce((all, row) => all + of(row), 0)
  const customers = new Set(rows.flatMap(({ campaign }) => [...(credited.get(campaign.id)?.customers ?? [])]))
  return {
    customers: customers.size,
    ...{ cost: sum(({ cost }) => cost), leads: sum(({ leads }) => leads), qualified: sum(({ qualified }) => qualified) },
    ...{ converted: sum(({ converted }) => converted), orders: sum(({ orders }) => orders), revenue: sum(({ revenue }) => revenue) },
    ...{ grossProfit: sum(({ grossProfit }) => grossProfit), costUnknown: sum(({ costUnknown }) => costUnknown) },
  }
}

const shownFigures = (figures: CampaignFigures, currency: string) => {
  const { cost, leads, qualified, converted, customers, orders, revenue, grossProfit, costUnknown } = figures
  return {
    ...{ cost: money(cost, currency), leads, qualified, converted, customers, orders },
    ...{ revenue: money(revenue, currency), grossProfit: money(grossProfit, currency), costUnknown: money(costUnknown, currency) },
    roi: roiOf(grossProfit, cost),
  }
}

/**
 * Funnel, costs, leads, orders, gross profit and return of campaigns, side by side. 404 for a campaign that is asked for and not
 * there; 400 `report.too-large` for a file of more than 200.
 */
export async function reportCampaigns(
  ctx: Context,
  { format, limit, cursor, ...query }: CampaignReportQuery,
): Promise<CampaignReport | FileAnswer> {
  const { currency } = ctx.tenant
  const asked = { ...query, ...spanOf(ctx, effectSpan(ctx, query), mostDays) }
  const { campaigns, credited } = await readEffect(ctx, asked)
  if (query.campaignIds && campaigns.length < query.campaignIds.length) throw notFound('campaign')
  const rows = await rowsOf(ctx, campaigns, credited)
  if (format !== 'json') return fileOf(ctx, format, inOrder(rows, 'greatest') as CampaignRow[], asked)
  const { from, to, attribution, days, basis } = asked
  const page = pageRows(ctx, rows, { operation: 'report campaigns', asked, order: 'greatest', limit: Math.min(limit, mostInFile), cursor })
  const funnels = await Promise.all(page.rows.map(({ campaign }) => funnelOf(ctx, campaign)))
  return {
    ...{ from, to, attribution, days, basis, currency, total: shownFigures(totalOf(rows, credited), currency) },
    rows: page.rows.map((row, i) => ({
      ...{ key: row.campaign.id, label: row.campaign.name, status: row.campaign.status, budget: row.campaign.budget ?? null },
      ...{ otherCosts: otherCosts(row.campaign, currency), funnel: funnels[i] as never },
      ...shownFigures(row, currency),
    })),
    page: page.page,
  }
}

async function fileOf(ctx: Context, format: 'xlsx' | 'svg', rows: CampaignRow[], { from, to }: { from: string; to: string }) {
  if (rows.length > mostInFile)
    throw new Problem(
      'malformed',
      'report.too-large',
      `A file takes ${mostInFile} campaigns; these are ${rows.length}. Ask for a shorter span.`,
    )
  const name = `campaigns-${from}-${to}`
  const content = format === 'xlsx' ? await campaignSheet(ctx, rows) : await campaignChart(ctx, rows, { from, to })
  return fileAnswer({ name: `${name}.${format}`, contentType: reportFiles[format === 'xlsx' ? 0 : 1], content })
}
