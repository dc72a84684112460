import { addDays, startOfLocalDay } from './dates.ts'

/** What relative values of a search stand for: who asks, and which day it is in the tenant's zone. */
export interface Moment {
  me: string
  today: string
  timeZone: string
}

const relative = /^today(?:([+-])(\d{1,4}))?$/

/** `today`, `today-30`, `today+7` as that day, or as the instant in which it begins; anything else as it is. */
export function momentOf(value: string, kind: string, { today, timeZone }: Moment): string {
  const parts = relative.exec(value)
  if (!parts) return value
  const day = addDays(today, Number(`${parts[1] ?? ''}${parts[2] ?? 0}`))
  return kind === 'instant' ? startOfLocalDay(day, timeZone) : day
}
