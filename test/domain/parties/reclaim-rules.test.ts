import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, localDate } from '../../../domain/kernel/dates.ts'
import { isWorkingDay } from '../../../domain/kernel/work-calendar.ts'
import type { Customer } from '../../../domain/parties/customer/customer.ts'
import {
  daysWithout,
  latestConcerned,
  type ReclaimSettings,
  reclaimOf,
  ruleLevels,
  termWeek,
  warnedFrom,
} from '../../../domain/parties/ownership/reclaim-rules.ts'
import { tries } from '../../support/share.ts'

const calendar = { workdays: [1, 2, 3, 4, 5], holidays: [] }
const settings = (rules: ReclaimSettings['rules'], more: Partial<ReclaimSettings> = {}): ReclaimSettings => ({
  rules,
  calendar,
  timeZone: 'Asia/Shanghai',
  ...more,
})
const customer = (more: Partial<Customer> = {}): Customer =>
  ({ id: 'cus_x', name: 'x', ownerId: 'usr_a', level: 'small', ownedSince: '2026-01-01T04:00:00.000Z', ...more }) as Customer

const reclaimDay = (...args: Parameters<typeof reclaimOf>) => reclaimOf(...args)?.on
const thirty = { levels: { small: { noContactDays: 30 } } }

test('a customer goes on the first day on which strictly more than the days of its level have passed', () => {
  expect(reclaimDay(customer(), settings(thirty))).toBe('2026-02-01')
  expect(daysWithout('2026-01-01', '2026-01-31', settings(thirty))).toBe(30)
})

test('days run from the later of the term of the owner and the last contact that counts, in the zone of the tenant', () => {
  const contacted = customer({ lastQualifyingContactAt: '2026-01-10T17:00:00.000Z', lastContactAt: '2026-01-20T00:00:00.000Z' })
  const imported = customer({ lastQualifyingContactAt: '2019-05-05T00:00:00.000Z' })

  expect(reclaimDay(contacted, settings(thirty))).toBe('2026-02-11')
  expect(reclaimDay(contacted, settings(thirty, { timeZone: 'UTC' }))).toBe('2026-02-10')
  expect(reclaimDay(imported, settings(thirty))).toBe('2026-02-01')
})

test('each rule stands for itself, by its own fact: whichever is broken first takes the customer', () => {
  const rules = settings({ levels: { small: { noContactDays: 30, noQuoteDays: 60, noOrderDays: 90 } } })
  const busy = { lastQualifyingContactAt: '2026-05-01T04:00:00.000Z' }

  expect(reclaimOf(customer(), rules)).toEqual({ on: '2026-02-01', fact: 'contact', most: 30 })
  expect(reclaimOf(customer(busy), rules)).toEqual({ on: '2026-03-03', fact: 'quote', most: 60 })
  expect(reclaimOf(customer({ ...busy, lastQuotedOn: '2026-04-30' }), rules)).toEqual({ on: '2026-04-02', fact: 'order', most: 90 })
  expect(reclaimOf(customer({ lastOrderedOn: '2026-04-30' }), settings({ levels: { small: { noOrderDays: 90 } } }))?.on).toBe('2026-07-30')
})

test('an old order or quote takes nobody sooner than the term of the owner, whichever side of the date line the firm is on', () => {
  const owned = customer({ ownedSince: '2026-01-05T03:00:00.000Z', lastOrderedOn: '2026-01-05', lastQuotedOn: '2019-01-01' })
  const rules = { levels: { small: { noOrderDays: 1 } } }

  expect(reclaimDay(owned, settings({ levels: { small: { noQuoteDays: 30 } } }))).toBe('2026-02-05')
  // In New York the term began on the 4th, the order is of the 5th.
  expect(reclaimDay(owned, settings(rules, { timeZone: 'America/New_York' }))).toBe('2026-01-07')
})

test('what is locked, owned by nobody, or of a level without a rule stays', () => {
  const lock = { at: '2026-01-01T00:00:00.000Z', by: 'usr_m', reason: 'x' }
  const { ownerId: _owner, ...nobodys } = customer()
  const { level: _level, ...plain } = customer()

  const days = [customer({ lock }), nobodys, customer({ level: 'ordinary' }), plain].map((one) => reclaimDay(one, settings(thirty)))

  expect(days).toEqual([undefined, undefined, undefined, undefined])
  expect(reclaimDay(plain, settings({ levels: { unset: { noContactDays: 1 } } }))).toBe('2026-01-03')
})

test('in working days Spring Festival does not count, a weekend that is worked does', () => {
  const holidays = ['2026-02-16', '2026-02-17', '2026-02-18', '2026-02-19', '2026-02-20', '2026-02-23']
  const spring = { ...calendar, holidays, extraWorkdays: ['2026-02-14', '2026-02-28'] }
  const owned = customer({ ownedSince: '2026-02-11T01:00:00.000Z' })
  const rules = { workingDays: true, warnDays: 2, levels: { small: { noContactDays: 5 } } }

  const day = reclaimDay(owned, settings(rules, { calendar: spring }))

  // Counted: Thu 12, Fri 13, Sat 14 (worked), Tue 24, Wed 25, Thu 26.
  expect(day).toBe('2026-02-26')
  expect(warnedFrom(day!, settings(rules, { calendar: spring }))).toBe('2026-02-24')
  expect(daysWithout('2026-02-11', day!, settings(rules, { calendar: spring }))).toBe(6)
})

test('a rule, a level or an unlocking of today takes nobody before the days of the warning have passed', () => {
  const now = '2026-06-01T02:00:00.000Z'

  expect(reclaimDay(customer(), settings(thirty, { rulesSince: now }))).toBe('2026-06-04')
  expect(reclaimDay(customer({ ruleSince: now }), settings({ ...thirty, warnDays: 7 }))).toBe('2026-06-08')
  expect(reclaimDay(customer({ ruleSince: now }), settings({ ...thirty, warnDays: 0 }))).toBe('2026-06-01')
  expect(reclaimDay(customer({ ruleSince: now }), settings({ warnDays: 30, levels: { small: { noContactDays: 1 } } }))).toBe('2026-06-02')
})

test('a calendar without working days reclaims nobody and hangs nothing', () => {
  const never = { workdays: [], holidays: [] }
  const rules = { workingDays: true, levels: { small: { noContactDays: 3 } } }

  expect(reclaimDay(customer(), settings(rules, { calendar: never }))).toBeUndefined()
  expect(latestConcerned(3, '2026-06-01', settings(rules, { calendar: never }))).toBeUndefined()
})

const start = Date.parse('2026-01-01T00:00:00.000Z')
const anInstant = fc.integer({ min: 0, max: 400 * 86_400 }).map((seconds) => new Date(start + seconds * 1000).toISOString())
const aDay = fc.integer({ min: 0, max: 500 }).map((days) => addDays('2026-01-01', days))
const aCalendar = fc.record({
  workdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 }),
  holidays: fc.uniqueArray(aDay, { maxLength: 60 }),
  extraWorkdays: fc.uniqueArray(aDay, { maxLength: 10 }),
})
const someDays = fc.option(fc.integer({ min: 1, max: 120 }), { nil: undefined })
const someSettings = fc.record({
  rules: fc.record({
    workingDays: fc.boolean(),
    warnDays: fc.integer({ min: 0, max: 30 }),
    levels: fc.record({
      small: fc
        .record({ noContactDays: someDays, noQuoteDays: someDays, noOrderDays: someDays })
        .filter((rule) => Object.values(rule).some((days) => days !== undefined)),
    }),
  }),
  rulesSince: fc.option(anInstant, { nil: undefined }),
  calendar: aCalendar,
  timeZone: fc.constantFrom(
    'Asia/Shanghai',
    'UTC',
    'America/Los_Angeles',
    'Pacific/Kiritimati',
    'Pacific/Pago_Pago',
    'Australia/Lord_Howe',
  ),
})
const aCustomer = fc
  .record({
    ownedSince: anInstant,
    lastQualifyingContactAt: fc.option(anInstant, { nil: undefined }),
    lastQuotedOn: fc.option(aDay, { nil: undefined }),
    lastOrderedOn: fc.option(aDay, { nil: undefined }),
    ruleSince: fc.option(anInstant, { nil: undefined }),
  })
  .map((more) => customer(Object.fromEntries(Object.entries(more).filter(([, value]) => value)) as Partial<Customer>))

test('the day of a reclaim is the first with more counted days than the rule, whatever the calendar and the zone', () => {
  fc.assert(
    fc.property(aCustomer, someSettings, (one, { rulesSince: _since, ...some }) => {
      const { ruleSince: _rule, ...plain } = one
      const { on: day, fact, most } = reclaimOf(plain, some)!
      const contacted = plain.lastQualifyingContactAt && localDate(plain.lastQualifyingContactAt, some.timeZone)
      const last = { contact: contacted, quote: plain.lastQuotedOn, order: plain.lastOrderedOn }[fact]
      const since = [localDate(plain.ownedSince!, some.timeZone), last ?? ''].sort().at(-1)!
      const counted = (date: string) => !some.rules.workingDays || isWorkingDay(date, some.calendar)
      let days = 0
      for (let date = addDays(since, 1); date <= day; date = addDays(date, 1)) days += counted(date) ? 1 : 0

      expect(some.rules.levels.small).toMatchObject({
        [{ contact: 'noContactDays', quote: 'noQuoteDays', order: 'noOrderDays' }[fact]]: most,
      })
      expect(days).toBe(most + 1)
      expect(counted(day)).toBe(true)
    }),
    { numRuns: tries({ test: 50, faults: 500, nightly: 10_000 }) },
  )
})

test('who is to be reclaimed or warned on a day stands in the range that the run of that day reads', () => {
  fc.assert(
    fc.property(aCustomer, someSettings, aDay, (one, some, day) => {
      const reclaim = reclaimOf(one, some)
      fc.pre(reclaim !== undefined && warnedFrom(reclaim.on, some) <= day)

      const range = latestConcerned(reclaim!.most, day, some)

      expect(range && termWeek(one, reclaim!.fact) <= range).toBe(true)
    }),
    { numRuns: tries({ test: 100, faults: 1000, nightly: 20_000 }) },
  )
})

test('an entry begins at most eight days before the term, so that little is read in vain', () => {
  fc.assert(
    fc.property(anInstant, (at) => {
      const week = termWeek(customer({ ownedSince: at }), 'contact')

      expect(week < at.slice(0, 10) && addDays(week, 8) > addDays(at.slice(0, 10), 0)).toBe(true)
    }),
  )
})

test('every level has a partition of its own', () => {
  expect(new Set(ruleLevels).size).toBe(5)
})
