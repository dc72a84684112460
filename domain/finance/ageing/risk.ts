/** Figures by which people judge what is owed to them (domain.md, "Risk list"). Amounts are minor units of the base currency. */

/** What of one customer the flags are judged by; a limit that is null is none. */
interface Standing {
  outstanding: number
  overdue: number
  oldestDays: number
  exposure: number
  overdueLimit: number | null
  creditLimit: number | null
}

export type RiskFlag =
  | { flag: 'concentration'; share: number; limit: number }
  | { flag: 'over-overdue-limit'; overdue: number; limit: number }
  | { flag: 'oldest-over-90'; days: number; limit: number }
  | { flag: 'over-credit-limit'; exposure: number; limit: number }

/** A customer that owes a fifth of everything endangers the whole. */
const concentrationLimit = 0.2
const oldestLimit = 90

/** A share of the whole with four decimals; 0 of nothing. */
export const shareOf = (part: number, whole: number): number => (whole > 0 ? Math.round((part / whole) * 10_000) / 10_000 : 0)

/** What is wrong with a customer's standing, each flag with its figures. */
export function riskFlags(standing: Standing, totalOutstanding: number): RiskFlag[] {
  const { outstanding, overdue, oldestDays, exposure, overdueLimit, creditLimit } = standing
  const share = shareOf(outstanding, totalOutstanding)
  return [
    ...(share > concentrationLimit ? [{ flag: 'concentration' as const, share, limit: concentrationLimit }] : []),
    ...(overdueLimit !== null && overdue > overdueLimit ? [{ flag: 'over-overdue-limit' as const, overdue, limit: overdueLimit }] : []),
    ...(oldestDays > oldestLimit ? [{ flag: 'oldest-over-90' as const, days: oldestDays, limit: oldestLimit }] : []),
    ...(creditLimit !== null && exposure > creditLimit ? [{ flag: 'over-credit-limit' as const, exposure, limit: creditLimit }] : []),
  ]
}

/** The share of the greatest 1, 5 and 10 in the whole. */
export function concentrationOf(amounts: readonly number[]): { top1: number; top5: number; top10: number } {
  const sorted = amounts.filter((amount) => amount > 0).sort((a, b) => b - a)
  const whole = sorted.reduce((sum, amount) => sum + amount, 0)
  const top = (n: number) =>
    shareOf(
      sorted.slice(0, n).reduce((sum, amount) => sum + amount, 0),
      whole,
    )
  return { top1: top(1), top5: top(5), top10: top(10) }
}

/** Days that DSO looks back on. */
export const dsoDays = 90

/** Days sales outstanding: what is open by the sales of the last 90 days with tax, one decimal; null without sales. */
export const daysSalesOutstanding = (open: number, salesOf90Days: number): number | null =>
  salesOf90Days > 0 ? Math.round((open / salesOf90Days) * dsoDays * 10) / 10 : null
