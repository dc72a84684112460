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

/** `date` itself when it is worked, else the nearest worked day before it. */
export function lastWorkingDayOnOrBefore(date: string, calendar: WorkCalendar): string {
  return nearestWorkingDay(date, -1, calendar)
}

/** The nearest worked day strictly before `date`. */
export function previousWorkingDay(date: string, calendar: WorkCalendar): string {
  return nearestWorkingDay(addDays(date, -1), -1, calendar)
}

/** The nearest worked day strictly after `date`. */
export function nextWorkingDay(date: string, calendar: WorkCalendar): string {
  return nearestWorkingDay(addDays(date, 1), 1, calendar)
}

// A calendar whose holidays leave no worked day within a year is a mistake of the tenant's; every day then counts as worked.
function nearestWorkingDay(from: string, step: 1 | -1, calendar: WorkCalendar): string {
  for (let away = 0; away <= 366; away++) {
    const date = addDays(from, step * away)
    if (isWorkingDay(date, calendar)) return date
  }
  return from
}
