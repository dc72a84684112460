import { addDays, localTime, startOfLocalDay } from '../../kernel/dates.ts'
import { isWorkingDay, nextWorkingDay, type WorkCalendar } from '../../kernel/work-calendar.ts'
import type { SendWindow } from './campaign.ts'

interface Where {
  timeZone: string
  calendar: WorkCalendar
}

/** The window that holds for a campaign as a whole; none when every recipient has hours of their own. */
export const commonWindow = ({ sendWindow }: { sendWindow?: SendWindow | undefined }): SendWindow | undefined =>
  sendWindow?.zone === 'recipient' ? undefined : sendWindow

const hourMs = 3_600_000

/**
 * When mails may be sent next: `instant` itself within the window, else the moment at which the window opens. A clock change
 * within the day may move that moment by an hour; it is looked at again then.
 */
export function nextOpening(instant: string, window: SendWindow | undefined, { timeZone, calendar }: Where): string {
  if (!window) return instant
  const { date, hour } = localTime(instant, timeZone)
  const isDay = !window.workingDaysOnly || isWorkingDay(date, calendar)
  if (isDay && hour >= window.fromHour && hour < window.toHour) return instant
  const day = isDay && hour < window.fromHour ? date : window.workingDaysOnly ? nextWorkingDay(date, calendar) : addDays(date, 1)
  return new Date(Date.parse(startOfLocalDay(day, timeZone)) + window.fromHour * hourMs).toISOString()
}
