import * as z from 'zod'
import { addDays, BusinessDate, weekday } from './dates.ts'

/** Which days are worked: weekdays from 1 (Monday) to 7, days off, and days worked although they would be free (调休). */
export const WorkCalendar = z.strictObject({
  workdays: z
    .array(z.int().min(1).max(7))
    .min(1)
    .max(7)
    .refine((days) => new Set(days).size === days.length, 'must name each weekday once'),
  holidays: z.array(BusinessDate).max(400),
  extraWorkdays: z.array(BusinessDate).max(400).optional(),
})
export type WorkCalendar = z.infer<typeof WorkCalendar>

/** A day named as an extra workday is worked, whatever else is said of it. */
export function isWorkingDay(date: string, calendar: WorkCalendar): boolean {
  if (calendar.extraWorkdays?.includes(date)) return true
  return calendar.workdays.includes(weekday(date)) && !calendar.holidays.includes(date)
}

/**
 * The nearest worked day strictly after `date`. A calendar whose holidays leave none within a year is a mistake of the
 * tenant's; every day then counts as worked.
 */
export function nextWorkingDay(date: string, calendar: WorkCalendar): string {
  const next = addDays(date, 1)
  for (let away = 0; away <= 366; away++) {
    const day = addDays(next, away)
    if (isWorkingDay(day, calendar)) return day
  }
  return next
}
