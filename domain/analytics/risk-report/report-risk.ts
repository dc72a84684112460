import {
  concentrationOf,
  daysSalesOutstanding,
  dsoDays,
  exposuresOf,
  invoicedBetween,
  limitOf,
  type OpenAsOf,
  type RiskFlag,
  riskFlags,
  shareOf,
} from '../../finance/index.ts'
import { hiddenFields, readTenant, visibleOwners, withoutHidden } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { addDays, daysBetween, today } from '../../kernel/dates.ts'
import { type FileAnswer, fileAnswer } from '../../kernel/file-answer.ts'
import { minor, money } from '../../kernel/money.ts'
import type { Customer } from '../../parties/index.ts'
import { visibleOpen } from '../ageing-report/read-ageing.ts'
import { customersOf } from '../report/labels.ts'
import { pageRows } from '../report/page-rows.ts'
import { reportFiles } from '../report/report.ts'
import { riskChart } from './risk-chart.ts'
import type { RiskReport, RiskReportQuery } from './risk-report.ts'
import { riskSheet } from './risk-sheet.ts'

interface Owed {
  outstanding: number
  receivable: number
  overdue: number
  count: number
  overdueCount: number
  oldestDays: number
}

const nothing = (): Owed => ({ outstanding: 0, receivable: 0, overdue: 0, count: 0, overdueCount: 0, oldestDays: 0 })

function addTo(sum: Owed, { kind, balance, dueOn }: OpenAsOf, day: string): void {
  sum.outstanding += kind === 'credit' ? -balance : balance
  if (kind === 'credit') return
  sum.receivable += balance
  sum.count += 1
  const late = daysBetween(dueOn, day)
  if (late <= 0) return
  sum.overdue += balance
  sum.overdueCount += 1
  sum.oldestDays = Math.max(sum.oldestDays, late)
}

function sumOwed(open: OpenAsOf[], day: string): { total: Owed; byPartition: Map<string, Owed> } {
  const [total, byPartition] = [nothing(), new Map<string, Owed>()]
  for (const item of open) {
    const sum = byPartition.get(item.partition) ?? nothing()
    byPartition.set(item.partition, sum)
    addTo(sum, item, day)
    addTo(total, item, day)
  }
  return { total, byPartition }
}

/** A customer that owes, with its limits; those of amounts are in minor units of the books. */
export interface AtRisk extends Owed {
  customer: Customer
  exposure: number | null
  creditLimit: number | null
  overdueLimit: number | null
  flags: RiskFlag[]
}

/**
 * Each customer that owes with what is wrong, if anything is; of limits what the caller sees of a customer. Limits and exposures are
 * read, half a unit for each.
 */
async function judged(ctx: Context, total: Owed, byPartition: Map<string, Owed>, day: string): Promise<AtRisk[]> {
  const [found, tenant] = await Promise.all([customersOf(ctx, [...byPartition.keys()]), readTenant(ctx)])
  const seesLimit = !hiddenFields(ctx.actor, 'customer').includes('creditLimit')
  const seenLimit = (customer: Customer) => (seesLimit ? limitOf(customer, tenant) : null)
  const limited = [...found.values()].filter((customer) => seenLimit(customer) !== null)
  const exposures = await exposuresOf(ctx, limited, day)
  return [...byPartition].flatMap(([partition, owed]) => {
    const customer = found.get(partition)
    if (!customer) return []
    const creditLimit = seenLimit(customer)
    const { overdueLimit: own } = withoutHidden(ctx.actor, 'customer', customer)
    const overdueLimit = own?.currency === tenant.currency ? minor(own) : null
    const exposure = exposures.get(customer.id) ?? null
    const flags = riskFlags({ ...owed, exposure: exposure ?? 0, overdueLimit, creditLimit }, total.outstanding)
    return flags.length > 0 ? [{ ...owed, customer, exposure, creditLimit, overdueLimit, flags }] : []
  })
}

const moneyOr = (amount: number | null, currency: string) => (amount === null ? null : money(amount, currency))

function shownFlag(flag: RiskFlag, currency: string) {
  if (flag.flag === 'over-overdue-limit') return { ...flag, overdue: money(flag.overdue, currency), limit: money(flag.limit, currency) }
  if (flag.flag === 'over-credit-limit') return { ...flag, exposure: money(flag.exposure, currency), limit: money(flag.limit, currency) }
  return flag
}

const shownSums = ({ outstanding, overdue, count, overdueCount }: Owed, currency: string) => ({
  outstanding: money(outstanding, currency),
  overdue: money(overdue, currency),
  count,
  overdueCount,
})

/** Who endangers the firm by what it owes, with the figures; how much hangs on few, and how long money takes to come in. */
export async function reportRisk(ctx: Context, { format, ...asked }: RiskReportQuery): Promise<RiskReport | FileAnswer> {
  const [day, { currency }] = [today(ctx), ctx.tenant]
  const [open, owners] = await Promise.all([visibleOpen(ctx, day), visibleOwners(ctx)])
  const { total, byPartition } = sumOwed(open, day)
  const isSeen = (ownerId: string | undefined) => owners === 'all' || (ownerId !== undefined && owners.has(ownerId))
  const [risks, sales] = await Promise.all([
    judged(ctx, total, byPartition, day),
    invoicedBetween(ctx, addDays(day, 1 - dsoDays), day, isSeen),
  ])
  const rows = risks.map((risk) => ({ ...risk, key: [risk.customer.id], weight: risk.outstanding }))
  if (format === 'svg')
    return fileAnswer({ name: `receivables-risk-${day}.svg`, contentType: reportFiles[1], content: await riskChart(ctx, day, rows) })
  if (format === 'xlsx')
    return fileAnswer({ name: `receivables-risk-${day}.xlsx`, contentType: reportFiles[0], content: await riskSheet(ctx, rows) })
  const page = pageRows(ctx, rows, { operation: 'report receivables-risk', asked: {}, order: 'greatest', ...asked })
  return {
    asOf: day,
    currency,
    total: shownSums(total, currency),
    concentration: concentrationOf([...byPartition.values()].map(({ outstanding }) => outstanding)),
    dso: { days: daysSalesOutstanding(total.receivable, sales), open: money(total.receivable, currency), sales: money(sales, currency) },
    rows: page.rows.map((risk) => ({
      key: risk.customer.id,
      label: risk.customer.name,
      ...shownSums(risk, currency),
      share: shareOf(risk.outstanding, total.outstanding),
      oldestDays: risk.oldestDays,
      exposure: moneyOr(risk.exposure, currency),
      creditLimit: moneyOr(risk.creditLimit, currency),
      overdueLimit: moneyOr(risk.overdueLimit, currency),
      flags: risk.flags.map((flag) => shownFlag(flag, currency)),
    })),
    page: page.page,
  }
}
