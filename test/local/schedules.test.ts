import { expect, test } from 'vitest'
import { schedules } from '../../functions/manifest.ts'
import { nextTimes } from '../../local/schedules.ts'

const saturdayNight = new Date('2026-11-21T22:30:00Z')

test('reads AWS cron as EventBridge does, in UTC and with Sunday as day 1', () => {
  expect(nextTimes('cron(0 * * * ? *)', saturdayNight, 2)).toEqual(['2026-11-21T23:00:00.000Z', '2026-11-22T00:00:00.000Z'])
  expect(nextTimes('cron(0/20 * * * ? *)', saturdayNight, 2)).toEqual(['2026-11-21T22:40:00.000Z', '2026-11-21T23:00:00.000Z'])
  expect(nextTimes('cron(15 10 ? * 1 *)', saturdayNight, 1)).toEqual(['2026-11-22T10:15:00.000Z'])
  expect(nextTimes('cron(0 18 ? * MON-FRI *)', saturdayNight, 1)).toEqual(['2026-11-23T18:00:00.000Z'])
})

test('refuses what is no AWS cron expression', () => {
  expect(() => nextTimes('0 * * * *', saturdayNight, 1)).toThrow('Not an AWS cron expression')
})

test('can read every schedule of the manifest', () => {
  for (const { cron } of schedules) expect(nextTimes(cron, saturdayNight, 1)).toHaveLength(1)
})
