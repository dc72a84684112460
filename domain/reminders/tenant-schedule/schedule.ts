import { localTime } from '../../kernel/dates.ts'

/** What the hourly job knows of a tenant. */
interface TenantSchedule {
  timeZone: string
  /** The local hour, 0 to 23, at which the tenant wants its digests. */
  reminderHour: number
  /** The last local day whose digests were started; absent before the first. */
  lastDay?: string
}

/**
 * The local day whose digests are to be started by the hourly run at `instant`, or null when it is not yet time.
 *
 * - In the reminder hour: always, so that any run can be repeated; that nobody is mailed twice is decided per person and day.
 *   A zone of :30 or :45 meets its hour at its first hourly run in it; an hour that a clock change repeats is met twice.
 * - Later in the day: once, when the run of that hour was missed or a clock change skipped the hour.
 *
 * A day is caught up until its local midnight; after that its items are in the next digest, as overdue. A change of zone neither
 * loses nor doubles a day: days at or before `lastDay` are not caught up.
 */
export function dayToStart(instant: string, { timeZone, reminderHour, lastDay }: TenantSchedule): { day: string } | null {
  const { date, hour } = localTime(instant, timeZone)
  const missed = hour > reminderHour && (lastDay === undefined || lastDay < date)
  return hour === reminderHour || missed ? { day: date } : null
}
