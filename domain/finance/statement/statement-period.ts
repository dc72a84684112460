import { addDays } from '../../kernel/dates.ts'
import type { Customer } from '../../parties/index.ts'

/** The cut-off day of a month: 31 is its last day, and a day that it does not have too. */
function cutOffOf(month: string, cutoffDay: number): string {
  const [year, number] = month.split('-').map(Number) as [number, number]
  const last = new Date(Date.UTC(year, number, 0)).getUTCDate()
  return `${month}-${String(Math.min(cutoffDay, last)).padStart(2, '0')}`
}

const monthBefore = (month: string): string => addDays(`${month}-01`, -1).slice(0, 7)

/** The cut-off day of a customer: that of its monthly settlement, else the end of the month. */
export const cutOffDayOf = ({ paymentTerms }: Pick<Customer, 'paymentTerms'>): number =>
  paymentTerms?.kind === 'monthly' ? paymentTerms.cutoffDay : 31

/** The last period that has ended by a day: from behind one cut-off to the next, both days included. */
export function lastPeriod(day: string, cutoffDay: number): { from: string; to: string } {
  const month = day.slice(0, 7)
  const of = (which: string) => cutOffOf(which, cutoffDay)
  const ended = of(month) <= day ? month : monthBefore(month)
  return { from: addDays(of(monthBefore(ended)), 1), to: of(ended) }
}
