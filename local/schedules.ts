import { Cron } from 'croner'
import type { Schedule } from '../functions/manifest.ts'

/** Runs each schedule at its times, as EventBridge does. What was due while nothing ran is not made up for. */
export function startSchedules(schedules: Schedule[], fire: (name: string, time: string) => void): { stop(): void } {
  const jobs = schedules.map(
    ({ name, cron }) => new Cron(cronPattern(cron), cronOptions, (job: Cron) => fire(name, wholeSecond(job.currentRun() ?? new Date()))),
  )
  return {
    stop: () => {
      for (const job of jobs) job.stop()
    },
  }
}

/** Next times of an AWS cron expression after `from`, in UTC. */
export const nextTimes = (awsCron: string, from: Date, count: number): string[] =>
  new Cron(cronPattern(awsCron), { ...cronOptions, paused: true }).nextRuns(count, from).map((time) => time.toISOString())

// AWS counts Sunday as 1 and takes ranges such as 0/10.
const cronOptions = { timezone: 'UTC', alternativeWeekdays: true, sloppyRanges: true }

/** `cron(min hour day month weekday year)` in the order croner reads, which begins with the second. */
function cronPattern(awsCron: string): string {
  const fields = /^cron\((.*)\)$/.exec(awsCron)?.[1]?.split(' ')
  if (fields?.length !== 6) throw new Error(`Not an AWS cron expression: ${awsCron}`)
  return `0 ${fields.join(' ')}`
}

const wholeSecond = (time: Date): string => time.toISOString().replace(/\.\d+Z$/, 'Z')
