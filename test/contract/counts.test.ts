import { expect, test } from 'vitest'
import { committedCounts, grown } from '../../bench/counts.ts'
import { fillTenant } from '../../bench/fill.ts'
import { listFindings, scansInCode } from '../../bench/lists.ts'
import { orderToCashFindings } from '../../bench/order-to-cash.ts'
import { reminderDay } from '../../bench/reminders.ts'
import { requestCosts, requestFindings } from '../../bench/requests.ts'
import { isSecondEngine } from '../support/engine.ts'

// The second engine counts transactions otherwise (docs/engines.md).
test.skipIf(isSecondEngine)(
  'no request and no list costs more calls, units, items or bytes than committed in bench/counts.json',
  async () => {
    const tenant = await fillTenant({ id: 'bench-1000', customers: 1000, reps: 20, duePerRep: 50, dueOn: reminderDay }, () => {})

    const requests = requestFindings(tenant, await requestCosts(tenant, 'run'))
    const lists = await listFindings(tenant)
    const money = await orderToCashFindings(() => {})

    const counts = { ...requests.counts, ...lists.counts, ...money.counts }
    expect(Object.keys(counts).length).toBeGreaterThan(40)
    expect(
      grown(counts, committedCounts()),
      'when the growth is meant: npm run bench -- --only P3,P6,P8 --customers 1000 --accept',
    ).toEqual([])
  },
)

test('production code has no Scan and no PartiQL', () => {
  expect(scansInCode()).toEqual([])
})

test('a count may grow by 5 %, and a new one is no growth', () => {
  expect(grown({ a: 105, b: 100, c: 7 }, { a: 100, b: 200 })).toEqual([])
  expect(grown({ a: 106 }, { a: 100 })).toEqual(['a: 100 -> 106'])
  expect(grown({ scans: 1 }, { scans: 0 })).toEqual(['scans: 0 -> 1'])
})
