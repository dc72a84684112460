import fc from 'fast-check'
import { expect, test } from 'vitest'
import { seeded } from '../../../bench/random.ts'
import { creditOf } from '../../../domain/finance/index.ts'
import { Problem } from '../../../domain/kernel/errors.ts'
import { createCustomer } from '../../../domain/parties/customer/change-customer.ts'
import { createOrder, getOrder } from '../../../domain/sales/order/change-order.ts'
import { confirmOrder } from '../../../domain/sales/order/confirm-order.ts'
import { cancelOrder } from '../../../domain/sales/order/end-order.ts'
import type { Order } from '../../../domain/sales/order/order.ts'
import { openedOf, shippedOf } from '../../../domain/sales/order/tally.ts'
import { createShipment } from '../../../domain/sales/shipment/change-shipment.ts'
import { retryStale } from '../../../domain/store/commit.ts'
import { cancelled, withFaults } from '../../support/faults.ts'
import { firmName } from '../../support/firm-names.ts'
import { eventsOf } from '../../support/sales.ts'
import { experiment, seed, tries } from '../../support/share.ts'
import { newTenant } from '../../support/tenant.ts'

const tenant = await newTenant({ currency: 'CNY', creditPolicy: 'block' })
const ctx = await tenant.as(tenant.admin)
const line = (quantity: string, unitPrice: string) => ({ description: '连接器', quantity, unitPrice, taxRate: '13' as const })

const runs = tries({ test: 50, faults: 500, nightly: 5_000 })
const mostWriters = tries({ test: 3, faults: 20, nightly: 20 })
const options = { numRuns: runs, seed, endOnFailure: true }
const limits = { timeout: 60_000 + runs * 2_000 }

const { below } = seeded(seed)

/** One transaction of five is refused once as if another one were writing the same items. */
const busy = withFaults(ctx, (operation) =>
  operation === 'TransactWriteItems' && below(5) === 0 ? cancelled('TransactionConflict') : undefined,
)

async function soldTo(customerId: string, lines: ReturnType<typeof line>[]): Promise<Order> {
  const { id } = await createOrder(ctx, { customerId, lines })
  return confirmOrder(ctx, { id })
}

/** The codes of what was refused. */
const refusals = (settled: PromiseSettledResult<unknown>[]): string[] =>
  settled.flatMap((one) => (one.status === 'rejected' ? [one.reason instanceof Problem ? one.reason.code : String(one.reason)] : []))

test(
  experiment(
    'R5',
    `of 2 to ${mostWriters} shipments of one order never more leaves than was ordered, and what is owed comes to the total`,
    runs,
  ),
  limits,
  async () => {
    const customer = await createCustomer(ctx, { name: firmName() })
    const writers = fc.integer({ min: 2, max: mostWriters })
    const price = fc.constantFrom('3.335', '0.07', '12.5', '99.999')

    await fc.assert(
      fc.asyncProperty(writers, price, fc.integer({ min: 1, max: 7 }), fc.boolean(), async (count, unitPrice, each, fits) => {
        // Also as much as some of them take together: then one of those who race ships the last, and has to know it.
        const ordered = fits ? each * Math.max(2, count - 1) : Math.ceil((count * each) / 2)
        const order = await soldTo(customer.id, [line(String(ordered), unitPrice)])
        const orderLine = order.lines[0]!.id
        const ship = (quantity: number) => {
          const lines = [{ orderLine, quantity: String(quantity) }]
          return retryStale(() => createShipment(busy, { customerId: customer.id, lines, dispatch: true }))
        }

        const raced = await Promise.allSettled(Array.from({ length: count }, () => ship(each)))
        const gone = raced.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
        const left = ordered - gone.length * each
        if (left > 0) gone.push(await ship(left))
        const after = (await getOrder(ctx, { id: order.id })) as Order

        expect(new Set(refusals(raced))).toEqual(new Set(refusals(raced).length > 0 ? ['shipment.more-than-left'] : []))
        expect(left).toBeGreaterThanOrEqual(0)
        expect(shippedOf(after, order.lines[0]!)).toEqual({ quantity: ordered * 1_000_000, gross: order.total, net: order.netTotal })
        expect(openedOf(after)).toMatchObject({ opened: order.total, openedBase: order.base })
        expect([after.status, gone.reduce((sum, { total }) => sum + total, 0)]).toEqual(['shipped', order.total])
      }),
      options,
    )
  },
)

test(
  experiment('R5', `of 2 to ${mostWriters} orders for one credit limit none goes over it, and the exposure is their sum`, runs),
  limits,
  async () => {
    const customer = await createCustomer(ctx, { name: firmName(), creditLimit: { amount: '100.00', currency: 'CNY' } })
    const amounts = fc.array(fc.integer({ min: 10, max: 60 }), { minLength: 2, maxLength: mostWriters })
    const exposure = async () => Number((await creditOf(ctx, customer)).exposure.amount)
    const draft = (amount: number) => createOrder(ctx, { customerId: customer.id, lines: [line('1', String(amount))] })

    await fc.assert(
      fc.asyncProperty(amounts, async (wanted) => {
        const drafts = []
        for (const amount of wanted) drafts.push(await draft(amount))

        const raced = await Promise.all(drafts.map(({ id }) => retryStale(() => confirmOrder(busy, { id }))))

        const confirmed = raced.filter(({ status }) => status === 'confirmed')
        const sum = confirmed.reduce((all, { total }) => all + total, 0) / 100
        expect(raced.filter(({ status }) => status === 'credit-hold')).toHaveLength(wanted.length - confirmed.length)
        expect(confirmed.length).toBeGreaterThan(0)
        expect(sum).toBeLessThanOrEqual(100)
        expect(await exposure()).toBe(sum)
        for (const { id } of confirmed) await cancelOrder(ctx, { id })
      }),
      options,
    )
  },
)

test('however the lines of an order are split over shipments, what is owed comes to its total and its base', async () => {
  const customer = await createCustomer(ctx, { name: firmName() })
  const lines = fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.constantFrom('0.333333', '7.77', '1.005')), {
    minLength: 1,
    maxLength: 3,
  })

  await fc.assert(
    fc.asyncProperty(
      lines,
      fc.constantFrom('1', '7.0913'),
      fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 9, maxLength: 9 }),
      async (given, rate, cuts) => {
        const money = rate === '1' ? {} : { currency: 'USD', exchangeRate: rate }
        const draft = await createOrder(ctx, {
          customerId: customer.id,
          ...money,
          lines: given.map(([quantity, price]) => line(String(quantity), price)),
        })
        const order = await confirmOrder(ctx, { id: draft.id })
        const left = new Map(order.lines.map(({ id, quantity }) => [id, Number(quantity)]))
        for (let i = 0; [...left.values()].some((rest) => rest > 0); i++) {
          const some = [...left].filter(([, rest]) => rest > 0).slice(0, 1 + (i % 3))
          const parts = some.map(([orderLine, rest]) => ({ orderLine, quantity: String(Math.min(rest, cuts[i % cuts.length]!)) }))
          await createShipment(ctx, { customerId: customer.id, lines: parts, dispatch: true })
          for (const { orderLine, quantity } of parts) left.set(orderLine, left.get(orderLine)! - Number(quantity))
        }
        const events = await eventsOf(ctx, customer.id, 'shipment.dispatched')
        const own = events
          .flatMap(({ data }) => data.openings as { of: string; amount: number; base: number }[])
          .filter(({ of }) => of === order.id)
        const sum = (of: 'amount' | 'base') => own.reduce((all, one) => all + one[of], 0)

        expect({ amount: sum('amount'), base: sum('base') }).toEqual({ amount: order.total, base: order.base })
        for (const { amount, base } of own) expect(amount > 0 && base >= 0).toBe(true)
      },
    ),
    { numRuns: 8 },
  )
})
