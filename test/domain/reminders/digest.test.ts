import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '../../../domain/kernel/dates.ts'
import { isWorkingDay, type WorkCalendar } from '../../../domain/kernel/work-calendar.ts'
import { buildDigest, isDigestDay, lastDayAnnounced, lastTeamDay } from '../../../domain/reminders/digest/build-digest.ts'
import type { Due } from '../../../domain/reminders/digest/digest.ts'
import { tries } from '../../support/share.ts'

const day = '2026-11-20' // a Friday
const week: WorkCalendar = { workdays: [1, 2, 3, 4, 5], holidays: [] }
const everyDay = { day, calendar: week, workingDaysOnly: false }
const due = (dueOn: string, customerName = 'Acme', customerId = customerName): Due => ({ dueOn, customerName, customerId })
const shape = (digest: ReturnType<typeof buildDigest>) =>
  digest?.sections.map(({ kind, lines }) => [kind, lines.map((line) => `${line.customerName} ${line.daysLate}`)])

describe('what a digest holds', () => {
  it('is nothing when nothing is due', () => {
    expect(buildDigest([], [], everyDay)).toBeNull()
    expect(buildDigest([due('2026-11-22')], [due('2026-11-19')], everyDay)).toBeNull()
  })

  it('puts each item into its section, the oldest first and then by name', () => {
    const own = [due('2026-11-21', 'D'), due('2026-11-20', 'C'), due('2026-11-19', 'Z'), due('2026-11-19', 'B'), due('2026-10-01', 'A')]

    const digest = buildDigest(own, [], everyDay)

    expect(shape(digest)).toEqual([
      ['overdue', ['A 50', 'B 1', 'Z 1']],
      ['today', ['C 0']],
      ['tomorrow', ['D -1']],
    ])
  })

  it('orders Chinese names by their pinyin', () => {
    const digest = buildDigest([due(day, '张家港钢铁'), due(day, '北京电子'), due(day, '上海纺织')], [], everyDay)

    expect(digest?.sections[0]?.lines.map(({ customerName }) => customerName)).toEqual(['北京电子', '上海纺织', '张家港钢铁'])
  })

  it('shows 20 lines and counts the rest', () => {
    const own = Array.from({ length: 27 }, (_, n) => due(day, `Customer ${n}`))

    const section = buildDigest(own, [], everyDay)?.sections[0]

    expect(section).toMatchObject({ kind: 'today', more: 7, customers: 27 })
    expect(section?.lines).toHaveLength(20)
  })

  it('counts a customer once, however much is due with it', () => {
    const section = buildDigest([due('2026-11-01'), due('2026-11-02'), due('2026-11-03', 'Other')], [], everyDay)?.sections[0]

    expect(section).toMatchObject({ kind: 'overdue', customers: 2 })
    expect(section?.lines).toHaveLength(3)
  })

  it("tells managers only what of their team's is over 7 days late", () => {
    const digest = buildDigest([], [due('2026-11-12', 'Eight'), due('2026-11-13', 'Seven')], everyDay)

    expect(shape(digest)).toEqual([['team-overdue', ['Eight 8']]])
    expect(lastTeamDay(day)).toBe('2026-11-12')
  })

  it('keeps what else is known of an item', () => {
    const digest = buildDigest([{ ...due(day), link: 'https://example.com/r/1' }], [], everyDay)

    expect(digest?.sections[0]?.lines[0]).toEqual({ ...due(day), link: 'https://example.com/r/1', daysLate: 0 })
  })
})

describe('working days', () => {
  it('announces a Saturday on Friday to those who read on working days only', () => {
    const digest = buildDigest([due('2026-11-21', 'Sat'), due('2026-11-23', 'Mon'), due('2026-11-24', 'Tue')], [], {
      ...everyDay,
      workingDaysOnly: true,
    })

    expect(shape(digest)).toEqual([['tomorrow', ['Sat -1', 'Mon -3']]])
    expect(digest?.sections[0]).toMatchObject({ from: '2026-11-21', to: '2026-11-23' })
  })

  it('mails nobody on a free day who asked for working days only, and everybody else', () => {
    const saturday = { ...everyDay, day: '2026-11-21' }

    expect(buildDigest([due('2026-11-21')], [], { ...saturday, workingDaysOnly: true })).toBeNull()
    expect(buildDigest([due('2026-11-21')], [], saturday)).not.toBeNull()
  })

  const numRuns = tries({ test: 30, faults: 200, nightly: 5000 })
  const days = fc.integer({ min: 0, max: 60 }).map((n) => addDays('2026-01-01', n))
  const calendars = fc.record({
    workdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 }),
    holidays: fc.uniqueArray(days, { maxLength: 10 }),
    extraWorkdays: fc.uniqueArray(days, { maxLength: 3 }),
  })

  it('announces every due date before it is late, on a day that is mailed', () => {
    fc.assert(
      fc.property(days, calendars, fc.boolean(), (dueOn, calendar, workingDaysOnly) => {
        const mailed = Array.from({ length: 120 }, (_, n) => ({ day: addDays(dueOn, -n), calendar, workingDaysOnly })).filter(isDigestDay)

        const announced = mailed.filter((on) => buildDigest([due(dueOn)], [], on)?.sections.some(({ kind }) => kind !== 'overdue'))

        expect(announced.length).toBeGreaterThanOrEqual(1)
        expect(announced.length).toBeLessThanOrEqual(2)
        expect(announced.some((on) => on.day < dueOn)).toBe(true)
        if (workingDaysOnly) expect(announced.every((on) => isWorkingDay(on.day, calendar))).toBe(true)
      }),
      { numRuns },
    )
  })

  it('puts every item up to the last day announced into exactly one section', () => {
    fc.assert(
      fc.property(fc.array(days, { maxLength: 60 }), days, calendars, fc.boolean(), (dates, today, calendar, workingDaysOnly) => {
        const on = { day: today, calendar, workingDaysOnly }
        const own = dates.map((date, n) => due(date, `C${n}`))

        const digest = buildDigest(own, [], on)

        const wanted = isDigestDay(on) ? dates.filter((date) => date <= lastDayAnnounced(on)).length : 0
        expect((digest?.sections ?? []).reduce((sum, { lines, more }) => sum + lines.length + more, 0)).toBe(wanted)
      }),
      { numRuns },
    )
  })
})
