import { describe, expect, it } from 'vitest'
import { addDays, localDate } from '../../../domain/kernel/dates.ts'
import { dayToStart } from '../../../domain/reminders/tenant-schedule/schedule.ts'
import { some } from '../../support/share.ts'

const HOUR = 3_600_000

/** Runs the job every hour of [from, to) and keeps `lastDay` as the job would. `missed` runs do not happen. */
function run(timeZone: string, reminderHour: number, from: string, to: string, missed: (instant: string) => boolean = () => false) {
  const started: { day: string; at: string; repeat: boolean }[] = []
  let lastDay: string | undefined = addDays(localDate(from, timeZone), -1)
  for (let time = Date.parse(from); time < Date.parse(to); time += HOUR) {
    const at = new Date(time).toISOString()
    const due: { day: string } | null = missed(at) ? null : dayToStart(at, { timeZone, reminderHour, lastDay })
    if (due) started.push({ day: due.day, at, repeat: due.day === lastDay })
    lastDay = due?.day ?? lastDay
  }
  return started
}

const daysOf = (started: { day: string; repeat: boolean }[]) => started.filter(({ repeat }) => !repeat).map(({ day }) => day)
const consecutive = (first: string, n: number) => Array.from({ length: n }, (_, i) => addDays(first, i))

describe('when the digests of a tenant are started', () => {
  it('starts at the reminder hour, not before, and not again later that day', () => {
    const shanghai = { timeZone: 'Asia/Shanghai', reminderHour: 8 }

    expect(dayToStart('2026-11-20T23:00:00Z', { ...shanghai, lastDay: '2026-11-20' })).toBeNull()
    expect(dayToStart('2026-11-21T00:00:00Z', { ...shanghai, lastDay: '2026-11-20' })).toEqual({ day: '2026-11-21' })
    expect(dayToStart('2026-11-21T01:00:00Z', { ...shanghai, lastDay: '2026-11-21' })).toBeNull()
  })

  it('starts again when the run of the hour itself is repeated, also for a day long past', () => {
    expect(dayToStart('2026-11-21T00:00:00Z', { timeZone: 'Asia/Shanghai', reminderHour: 8, lastDay: '2026-12-24' })).toEqual({
      day: '2026-11-21',
    })
  })

  it('catches up a missed run once, the same local day', () => {
    const outage = (at: string) => at >= '2026-11-20T23:30' && at <= '2026-11-21T04:30'

    const started = run('Asia/Shanghai', 8, '2026-11-20T16:00:00Z', '2026-11-21T16:00:00Z', outage)

    expect(started).toEqual([{ day: '2026-11-21', at: '2026-11-21T05:00:00.000Z', repeat: false }])
  })

  it('does not catch up a day that is over', () => {
    const outage = (at: string) => at >= '2026-11-20T16:00' && at < '2026-11-21T16:00'

    const days = daysOf(run('Asia/Shanghai', 8, '2026-11-20T16:00:00Z', '2026-11-22T16:00:00Z', outage))

    expect(days).toEqual(['2026-11-22'])
  })

  it('catches up the first day of a tenant', () => {
    expect(dayToStart('2026-11-21T05:00:00Z', { timeZone: 'Asia/Shanghai', reminderHour: 8 })).toEqual({ day: '2026-11-21' })
  })

  it('starts at the first full hour of UTC within the local hour in zones of :30 and :45', () => {
    expect(run('Asia/Kathmandu', 8, '2026-11-20T18:15:00Z', '2026-11-21T18:15:00Z').map(({ at }) => at)).toEqual([
      '2026-11-21T02:15:00.000Z',
    ])
    expect(run('Asia/Kathmandu', 8, '2026-11-20T19:00:00Z', '2026-11-21T18:00:00Z').map(({ at }) => at)).toEqual([
      '2026-11-21T03:00:00.000Z',
    ])
  })

  it('starts an hour later where the clock skips the hour', () => {
    const started = run('Europe/Berlin', 2, '2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z')

    expect(started).toEqual([{ day: '2026-03-29', at: '2026-03-29T01:00:00.000Z', repeat: false }])
  })

  it('neither loses nor doubles a day when the tenant moves to another zone', () => {
    const moved = { reminderHour: 8, lastDay: '2026-11-21' }

    expect(dayToStart('2026-11-21T05:00:00Z', { ...moved, timeZone: 'Pacific/Honolulu' })).toBeNull() // there it is still the 20th
    expect(dayToStart('2026-11-21T18:00:00Z', { ...moved, timeZone: 'Pacific/Honolulu' })).toEqual({ day: '2026-11-21' }) // the claim per person stops it
    expect(dayToStart('2026-11-21T22:00:00Z', { ...moved, timeZone: 'Pacific/Auckland' })).toEqual({ day: '2026-11-22' })
  })
})

describe('each local day exactly once', () => {
  const zones = [
    'Asia/Shanghai',
    'UTC',
    'Europe/Berlin',
    'America/New_York',
    'America/St_Johns',
    'America/Santiago',
    'Africa/Cairo',
    'Asia/Kathmandu',
    'Asia/Kolkata',
    'Australia/Lord_Howe',
    'Pacific/Chatham',
    'Pacific/Auckland',
  ]

  it.each(some(zones, 4))('over 400 days with 29 February, in %s', (zone) => {
    const reminderHour = zones.indexOf(zone) * 2 // every part of the day, the hours of the clock changes among them

    const started = run(zone, reminderHour, '2027-09-01T12:00:00Z', '2028-10-05T12:00:00Z')

    const days = daysOf(started)
    expect(days).toEqual(consecutive(days[0]!, days.length))
    expect(days.length).toBeGreaterThanOrEqual(399)
    expect(days).toContain('2028-02-29')
    expect(started.length - days.length).toBeLessThanOrEqual(1)
  })

  const changes = [
    ['Europe/Berlin', '2026-03-27'],
    ['Europe/Berlin', '2026-10-23'],
    ['Australia/Lord_Howe', '2026-04-03'],
    ['Australia/Lord_Howe', '2026-10-02'],
    ['Pacific/Chatham', '2026-09-25'],
    ['America/Santiago', '2026-09-04'],
    ['Africa/Cairo', '2026-04-22'],
    ['America/St_Johns', '2026-11-01'],
  ] as const

  it.each(some(changes, 3))('at every reminder hour, around the change in %s after %s', (zone, first) => {
    for (let reminderHour = 0; reminderHour < 24; reminderHour++) {
      const days = daysOf(run(zone, reminderHour, `${first}T00:00:00Z`, `${addDays(first, 6)}T00:00:00Z`))

      expect(days).toEqual(consecutive(days[0]!, days.length))
      expect(days.length).toBeGreaterThanOrEqual(5)
    }
  })
})
