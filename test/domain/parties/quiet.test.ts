import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, daysBetween } from '../../../domain/kernel/dates.ts'
import type { Customer } from '../../../domain/parties/customer/customer.ts'
import { orderDay, rhythmOf, unitedOrderDays } from '../../../domain/parties/customer/order-rhythm.ts'
import { quietDays, quietText, stillQuiet } from '../../../domain/parties/customer/quiet.ts'

const daysOf = (...days: string[]) => unitedOrderDays(...days.map(orderDay))
const customer = (more: Partial<Customer>) =>
  ({ id: 'cus_1', ownerId: 'usr_1', ownedSince: '2026-01-01T00:00:00.000Z', createdAt: '2026-01-01T00:00:00.000Z', ...more }) as Customer
const dormancy = { days: 30, timeZone: 'Asia/Shanghai' }

test.each([
  [['2026-01-01', '2026-01-31'], undefined],
  [['2026-01-01', '2026-01-01', '2026-01-31'], undefined],
  [['2026-01-01', '2026-01-31', '2026-03-02'], '2026-04-16'],
  [['2026-03-02', '2026-01-01', '2026-01-31'], '2026-04-16'],
  // Intervals of 10, 100 and 15 days: a gap of the past does not decide.
  [['2026-01-01', '2026-01-11', '2026-04-21', '2026-05-06'], '2026-05-29'],
  // Intervals of 10 and 15 days: 1.5 x 12.5 = 18.75.
  [['2028-02-10', '2028-02-20', '2028-03-06'], '2028-03-25'],
])('of orders on %j the next is overdue on %s', (days, expected) => {
  expect(rhythmOf(daysOf(...days))?.overdueOn).toBe(expected)
})

test('days of orders are kept once each, in whatever order they come, the newest sixty', () => {
  const offsets = fc.array(fc.integer({ min: 0, max: 9000 }), { minLength: 3, maxLength: 90 })
  fc.assert(
    fc.property(offsets, (all) => {
      const days = all.map((offset) => addDays('2010-01-01', offset))
      const kept = [...new Set(days)].sort().slice(-60)

      expect(daysOf(...days)).toBe(kept.map(orderDay).join(''))
      expect(rhythmOf(daysOf(...days))?.lastOrderedOn).toBe(kept.length >= 3 ? kept.at(-1) : undefined)
      expect(unitedOrderDays(daysOf(...days.slice(0, 2)), daysOf(...days.slice(1)))).toBe(daysOf(...days))
    }),
    { numRuns: 50 },
  )
})

test.each<[string, Partial<Customer>]>([
  ['2026-01-31', {}],
  ['2026-03-12', { lastQualifyingContactAt: '2026-02-09T16:30:00.000Z' }],
  ['2026-03-12', { lastQualifyingContactAt: '2026-02-09T16:30:00.000Z', lastQuotedOn: '2026-02-01', lastOrderedOn: '2026-01-01' }],
  ['2026-03-13', { lastQualifyingContactAt: '2026-02-01T16:30:00.000Z', lastQuotedOn: '2026-02-11' }],
  ['2025-01-31', { lastOrderedOn: '2025-01-01' }],
])('dormant on %s with %j', (on, facts) => {
  const [dormant] = quietDays(customer({ dormancy, ...facts }))

  expect([dormant?.kind, dormant?.on]).toEqual(['dormant', on])
  expect(daysBetween(dormant!.since!, on)).toBe(30)
})

test('nobody is reminded of a customer of the pool, of one that is given up, or where the firm does not ask', () => {
  const { ownerId: _nobody, ...pooled } = customer({ dormancy })

  expect(quietDays(pooled as Customer)).toEqual([])
  expect(quietDays(customer({ dormancy, reorderOn: '2026-02-01', lifecycleStage: 'lost' }))).toEqual([])
  expect(quietDays(customer({}))).toEqual([])
})

test('why a customer is due is said in both languages', () => {
  const dormant = { kind: 'dormant', on: '2026-01-02', since: '2026-01-01' } as const
  const reorder = {
    kind: 'reorder',
    on: '2026-02-15',
    rhythm: { everyDays: 30, lastOrderedOn: '2026-01-01', overdueOn: '2026-02-15' },
  } as const

  expect(quietText(dormant, 'en', '2026-01-02')).toBe('No contact, quote or order for 1 day')
  expect(quietText(dormant, 'zh-CN', '2026-01-11')).toBe('10 天没有联系、报价和订单')
  expect(quietText(reorder, 'en', '2026-03-01')).toBe('Last ordered on 2026-01-01, usually every 30 days')
  expect(quietText(reorder, 'zh-CN', '2026-03-01')).toBe('上次下单 2026-01-01，通常每 30 天下单一次')
})

test('an entry tells only its owner of what still is so', () => {
  const quiet = customer({ dormancy, reorderOn: '2026-04-16', orderDays: daysOf('2026-01-01', '2026-01-31', '2026-03-02') })
  const told = (kind: 'reorder' | 'dormant', dueOn: string, ownerId = 'usr_1') => stillQuiet(quiet, { kind, dueOn, ownerId })

  expect(told('dormant', '2026-01-31')).toEqual({ kind: 'dormant', on: '2026-01-31', since: '2026-01-01' })
  expect(told('reorder', '2026-04-16')).toMatchObject({ kind: 'reorder', rhythm: { everyDays: 30 } })
  expect([told('dormant', '2026-01-31', 'usr_2'), told('dormant', '2026-02-01'), told('reorder', '2026-01-31')]).toEqual(Array(3))
})
