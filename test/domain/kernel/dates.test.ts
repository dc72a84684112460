import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  BusinessDate,
  daysBetween,
  Instant,
  localDate,
  localTime,
  startOfLocalDay,
  TimeZone,
  today,
  weekday,
} from '../../../domain/kernel/dates.ts'
import { isWorkingDay, nextWorkingDay, WorkCalendar } from '../../../domain/kernel/work-calendar.ts'

const days = fc.integer({ min: 0, max: 109_500 }).map((n) => addDays('1900-01-01', n))
const instants = fc
  .date({ min: new Date('1970-01-01T00:00:00Z'), max: new Date('2060-12-31T00:00:00Z'), noInvalidDate: true })
  .map((d) => d.toISOString())
const zones = fc.constantFrom(
  'Asia/Shanghai',
  'Europe/Berlin',
  'America/Sao_Paulo',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Chatham',
  'Pacific/Apia',
  'UTC',
)

describe('business dates', () => {
  it.each(['2026-11-21', '2024-02-29', '1900-01-01', '2199-12-31'])('accepts %s', (text) => {
    expect(BusinessDate.parse(text)).toBe(text)
  })

  it.each([
    '2026-02-29',
    '1900-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-1-1',
    '1899-12-31',
    '2200-01-01',
    '2026-11-21T00:00:00Z',
    '',
    '２０２６-11-21',
    '2026-11-21\n',
  ])('refuses %j', (text) => {
    expect(BusinessDate.safeParse(text).error?.issues).toHaveLength(1)
  })

  it('adds days and counts them back', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: -1000, max: 1000 }), (date, n) => {
        expect(daysBetween(date, addDays(date, n))).toBe(n)
      }),
    )
  })

  it('counts over 29 February and year ends', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29')
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
    expect(daysBetween('2026-03-10', '2026-03-01')).toBe(-9)
  })

  it('numbers weekdays from Monday', () => {
    expect(['2026-11-16', '2026-11-21', '2026-11-22'].map(weekday)).toEqual([1, 6, 7])
  })
})

describe('instants', () => {
  it.each([
    ['2026-11-21T09:30:00+08:00', '2026-11-21T01:30:00.000Z'],
    ['2026-11-21T01:30:00Z', '2026-11-21T01:30:00.000Z'],
    ['2026-01-01T00:00:00.123456+14:00', '2025-12-31T10:00:00.123Z'],
  ])('turns %s into %s', (input, stored) => {
    expect(Instant.parse(input)).toBe(stored)
  })

  it.each([
    '2026-11-21T09:30:00',
    '2026-11-21',
    '2026-02-30T00:00:00Z',
    '2026-11-21T24:00:00Z',
    '2026-11-21T09:30:60Z',
    '1899-12-31T23:59:59Z',
    '2199-12-31T23:59:59-01:00',
    'now',
    '',
  ])('refuses %j', (text) => {
    expect(Instant.safeParse(text).error?.issues).toHaveLength(1)
  })

  it('reads its own output unchanged', () => {
    fc.assert(fc.property(instants, (instant) => Instant.parse(instant) === instant))
  })
})

describe('time zones', () => {
  it.each(['Asia/Shanghai', 'Europe/Berlin', 'UTC', 'America/Argentina/Buenos_Aires', 'Etc/GMT+3'])('accepts %s', (zone) => {
    expect(TimeZone.safeParse(zone).success).toBe(true)
  })

  it.each(['+08:00', 'Mars/Olympus', '', 'Asia/Shanghai\n', 'A'.repeat(65), '../etc/passwd'])('refuses %j', (zone) => {
    expect(TimeZone.safeParse(zone).success).toBe(false)
  })

  it('gives the day and hour of the wall clock', () => {
    expect(localTime('2026-11-20T16:30:00.000Z', 'Asia/Shanghai')).toEqual({ date: '2026-11-21', hour: 0, minute: 30 })
    expect(localTime('2026-07-01T06:00:00Z', 'Europe/Berlin')).toEqual({ date: '2026-07-01', hour: 8, minute: 0 })
    expect(localTime('2026-01-01T06:00:00Z', 'Europe/Berlin')).toEqual({ date: '2026-01-01', hour: 7, minute: 0 })
    expect(localTime('2026-01-01T00:00:00Z', 'Asia/Kathmandu')).toEqual({ date: '2026-01-01', hour: 5, minute: 45 })
  })

  it("takes today from the tenant's zone, not from UTC", () => {
    const now = () => '2026-11-20T23:00:00.000Z'

    expect(today({ now, tenant: { timeZone: 'Asia/Shanghai' } })).toBe('2026-11-21')
    expect(today({ now, tenant: { timeZone: 'America/New_York' } })).toBe('2026-11-20')
  })

  it('starts a day at one where the change skips midnight', () => {
    expect(startOfLocalDay('2018-11-04', 'America/Sao_Paulo')).toBe('2018-11-04T03:00:00.000Z')
    expect(localTime('2018-11-04T03:00:00.000Z', 'America/Sao_Paulo').hour).toBe(1)
  })

  it('starts every day at its first moment, in every zone', () => {
    fc.assert(
      fc.property(instants, zones, (instant, zone) => {
        const date = localDate(instant, zone)
        const start = startOfLocalDay(date, zone)

        expect(start <= instant).toBe(true)
        expect(localDate(start, zone)).toBe(date)
        expect(localDate(new Date(Date.parse(start) - 1).toISOString(), zone) < date).toBe(true)
      }),
    )
  })
})

describe('working days', () => {
  const nationalDay: WorkCalendar = {
    workdays: [1, 2, 3, 4, 5],
    holidays: ['2026-10-01', '2026-10-02', '2026-10-05', '2026-10-06', '2026-10-07'],
    extraWorkdays: ['2026-10-10'],
  }

  it('knows weekends, holidays and days worked in exchange', () => {
    expect(['2026-09-30', '2026-10-01', '2026-10-04', '2026-10-10', '2026-10-11'].map((d) => isWorkingDay(d, nationalDay))).toEqual([
      true,
      false,
      false,
      true,
      false,
    ])
  })

  it('finds the nearest working day after a day', () => {
    expect(nextWorkingDay('2026-09-30', nationalDay)).toBe('2026-10-08')
    expect(nextWorkingDay('2026-10-09', nationalDay)).toBe('2026-10-10')
  })

  it('treats every day as worked when a calendar leaves none', () => {
    const holidays = Array.from({ length: 400 }, (_, n) => addDays('2026-01-01', n))
    const calendar: WorkCalendar = { workdays: [1], holidays }

    expect(nextWorkingDay('2026-01-01', calendar)).toBe('2026-01-02')
  })

  it('never passes over a working day', () => {
    const calendars = fc.record({
      workdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
      holidays: fc.array(days, { maxLength: 5 }),
    })

    fc.assert(
      fc.property(days, calendars, (date, calendar) => {
        const next = nextWorkingDay(date, calendar)

        expect(isWorkingDay(next, calendar)).toBe(true)
        for (let day = addDays(date, 1); day < next; day = addDays(day, 1)) expect(isWorkingDay(day, calendar)).toBe(false)
      }),
    )
  })

  it.each([
    { workdays: [], holidays: [] },
    { workdays: [8], holidays: [] },
    { workdays: [1, 1], holidays: [] },
    { workdays: [1], holidays: ['2026-02-30'] },
    { workdays: [1] },
  ])('refuses the calendar %j', (calendar) => {
    expect(WorkCalendar.safeParse(calendar).success).toBe(false)
  })
})
