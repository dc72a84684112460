import type * as z from 'zod'
import { addDays } from '../../kernel/dates.ts'
import type { PaymentTerms } from '../../parties/index.ts'

export type Terms = z.output<typeof PaymentTerms>

interface Month {
  year: number
  /** 0 for January. */
  month: number
}

const monthOf = (date: string): Month => ({ year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)) - 1 })

/** A day of a month, the last one where the month has no such day: 31 is always the last. */
function dayIn({ year, month }: Month, day: number, monthsLater = 0): string {
  const last = new Date(Date.UTC(year, month + monthsLater + 1, 0)).getUTCDate()
  return new Date(Date.UTC(year, month + monthsLater, Math.min(day, last))).toISOString().slice(0, 10)
}

/** The first such day of a month on or after a date. */
function nextDay(from: string, day: number): string {
  const inMonth = dayIn(monthOf(from), day)
  return inMonth >= from ? inMonth : dayIn(monthOf(from), day, 1)
}

/**
 * When something is due by terms that run from `basis` (shipment or sign-off). Monthly settlement (月结): the period ends on the
 * first cut-off on or after the basis, then come the months (on the cut-off day again, clamped) and the days, and last the pay
 * day on or after that (domain.md "Terms").
 */
export function dueOn(terms: Terms, basis: string): string {
  if (terms.kind === 'prepaid') return basis
  if (terms.kind === 'days') return addDays(basis, terms.days)
  const periodEnd = nextDay(basis, terms.cutoffDay)
  const afterMonths = dayIn(monthOf(periodEnd), terms.cutoffDay, terms.months ?? 0)
  const due = addDays(afterMonths, terms.days ?? 0)
  return terms.payDay ? nextDay(due, terms.payDay) : due
}
