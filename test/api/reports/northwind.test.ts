import { describe, expect, test } from 'vitest'
import { handler as countOrder } from '../../../functions/consumers/analytics/count-order-on-order-agreed.ts'
import { callAs } from '../../support/api.ts'
import { deliver } from '../../support/deliver.ts'
import { loadNorthwind, type Northwind, northwindIsThere, northwindTable } from '../../support/northwind.ts'
import { tries } from '../../support/share.ts'

if (!northwindIsThere) console.log('Skipped: the Northwind sample is not at ../shared/data/northwind.')

/** The published sums, exact; ours round each line to the cent, which moves them by a few. */
const topCustomers: [string, number][] = [
  ['QUICK', 110_277.31],
  ['ERNSH', 104_874.98],
  ['SAVEA', 104_361.95],
]

/** `npm run faults` loads all 91 of them. */
const loaded = tries({ test: 1, faults: 91, nightly: 91 })
const loadsAll = loaded === 91

/** What shipped dates say: late behind the day that was required, or not at all. */
const shippedLate = ({ orders }: Northwind) => orders.filter((row) => row.ShippedDate! > row.RequiredDate!).length
const unshipped = ({ orders }: Northwind) => orders.filter((row) => !row.ShippedDate).length

/** What a line comes to in ten-thousandths of a cent, away from binary fractions. */
const exactly = ({ UnitPrice, Quantity, Discount }: Northwind['lines'][number]): bigint =>
  BigInt(Math.round(Number(UnitPrice) * 10_000)) * BigInt(Quantity!) * BigInt(100 - Math.round(Number(Discount) * 100))

const inCents = (exact: bigint): number => Number((exact + 5_000n) / 10_000n)

/** The sum of the lines as our documents round them: each by itself, half up. */
const roundedCents = (lines: Northwind['lines']): number => lines.reduce((sum, line) => sum + inCents(exactly(line)), 0)

/** The sum of the lines, rounded once. */
const exactCents = (lines: Northwind['lines']): number => inCents(lines.reduce((sum, line) => sum + exactly(line), 0n))

describe.skipIf(!northwindIsThere)('the published figures of Northwind', () => {
  test('are those of its lines, exact and as our documents round them', () => {
    const [orders, lines] = [northwindTable('orders'), northwindTable('order_details')]
    const buyers = new Map(orders.map(({ OrderID, CustomerID }) => [OrderID, CustomerID]))
    const top = topCustomers.map(([name]) => exactCents(lines.filter(({ OrderID }) => buyers.get(OrderID) === name)) / 100)

    expect([orders.length, lines.length, exactCents(lines), roundedCents(lines)]).toEqual([830, 2155, 126_579_304, 126_579_329])
    expect(top).toEqual(topCustomers.map(([, published]) => published))
  })

  test('are what the reports of sales and deliveries give: of a top customer, and in npm run faults of the whole firm', {
    timeout: 900_000,
  }, async () => {
    const firm = await loadNorthwind(loadsAll ? undefined : topCustomers.slice(0, loaded).map(([name]) => name))
    const { tenant, customerIds, orders, lines } = firm
    await deliver(await tenant.as(tenant.admin), countOrder, ['order.confirmed'])
    const ask = async (query: string) =>
      (await callAs(tenant.id, tenant.admin)(`/v1/reports/sales?from=1996-01-01&to=1998-12-31&limit=1000&${query}`)).body

    const deliveries = (await callAs(tenant.id, tenant.admin)('/v1/reports/deliveries?from=1996-01-01&to=1998-12-31&groupBy=customer')).body
    const reports = await Promise.all(
      ['customer', 'year', 'rep,month', 'product', 'team', 'region,customer'].map((by) => ask(`groupBy=${by}`)),
    )

    for (const { total, rows } of reports) {
      expect(total).toMatchObject({ count: orders.length, amount: { amount: (roundedCents(lines) / 100).toFixed(2), currency: 'USD' } })
      const sum = (rows as { amount: { amount: string } }[]).reduce(
        (cents, { amount }) => cents + Math.round(Number(amount.amount) * 100),
        0,
      )
      expect(sum).toBe(roundedCents(lines))
    }
    for (const [i, [name, published]] of topCustomers.slice(0, loaded).entries()) {
      const row = reports[0].rows[i]
      expect(row.key).toBe(customerIds.get(name))
      expect(Math.abs(Number(row.amount.amount) - published)).toBeLessThan(0.05)
    }
    const [late, waiting] = [shippedLate(firm), unshipped(firm)]
    expect(deliveries.total).toEqual({
      count: orders.length,
      amount: null,
      shipped: orders.length - waiting,
      shippedLate: late,
      unshipped: waiting,
      unshippedLate: waiting,
    })
    if (loadsAll)
      expect([orders.length, lines.length, customerIds.size, reports[0].total.amount.amount, late, waiting]).toEqual([
        830,
        2155,
        91,
        '1265793.29',
        37,
        21,
      ])
  })
})
