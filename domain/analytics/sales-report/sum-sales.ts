import { currencySums } from '../report/by-currency.ts'
import type { RowKey } from '../report/report.ts'
import { commonKey } from '../report/span-report.ts'
import { summing } from '../report/summed.ts'
import type { teamLeads } from '../report/teams.ts'
import type { SalesFact, SalesLine } from './sales-fact.ts'
import type { SalesGroup } from './sales-report.ts'

/** How the people and customers of facts are found in the groups of a report. */
interface Groupings {
  groupBy: readonly SalesGroup[]
  base: string
  teamOf: ReturnType<typeof teamLeads>
  survivorOf(partition: string): string | undefined
}

function keyOf(group: SalesGroup, fact: SalesFact, line: SalesLine | undefined, { teamOf, survivorOf }: Groupings): string | null {
  if (group === 'region') return fact.region
  if (group === 'product') return line?.productId ?? null
  const partition = fact.partition ? (survivorOf(fact.partition) ?? fact.partition) : null
  return commonKey(group, { ...fact, partition }, teamOf)
}

/** Of the lines whose cost is known; null when it is of none. */
function marginOf(lines: readonly SalesLine[]): number | null {
  const known = lines.flatMap(({ margin }) => margin ?? [])
  return known.length > 0 ? known.reduce((sum, margin) => sum + margin, 0) : null
}

/** Sums facts as they come: a document counts once in each row and once in the whole. */
export function sumSales(how: Groupings) {
  const { groupBy, base } = how
  const [sums, foreign] = [summing(['count', 'amount', 'margin'], ['margin']), currencySums(base)]
  const byLine = groupBy.includes('product')
  const key = (fact: SalesFact, line?: SalesLine): RowKey => groupBy.map((group) => keyOf(group, fact, line, how))
  return {
    sums,
    foreign,
    add(fact: SalesFact): void {
      const { amount, lines } = fact
      const figures = { count: 1, amount, margin: marginOf(lines) }
      sums.addTotal(figures)
      foreign.add(fact.currency, fact.own)
      if (!byLine) sums.addRow(key(fact), figures)
      else for (const line of lines) sums.addRow(key(fact, line), { count: 1, amount: line.amount, margin: line.margin })
    },
  }
}
