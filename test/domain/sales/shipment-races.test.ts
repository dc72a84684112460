import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Context } from '../../../domain/kernel/context.ts'
import { Problem } from '../../../domain/kernel/errors.ts'
import { createCustomer } from '../../../domain/parties/customer/change-customer.ts'
import { createOrder, getOrder } from '../../../domain/sales/order/change-order.ts'
import { confirmOrder } from '../../../domain/sales/order/confirm-order.ts'
import type { Order } from '../../../domain/sales/order/order.ts'
import { openedOf, shippedOf } from '../../../domain/sales/order/tally.ts'
import { createShipment } from '../../../domain/sales/shipment/change-shipment.ts'
import { retryStale } from '../../../domain/store/commit.ts'
import { cancelled, withFaults } from '../../support/faults.ts'
import { firmName } from '../../support/firm-names.ts'
import { eventsOf } from '../../support/sales.ts'
import { newTenant } from '../../support/tenant.ts'

const tenant = await newTenant({ currency: 'CNY', creditPolicy: 'block' })
const ctx = await tenant.as(tenant.admin)
const line = (quantity: string, unitPrice: string) => ({ description: '连接器', quantity, unitPrice, taxRate: '13' as const })

/** One transaction of five is refused once as if another one were writing the same items. */
const withConflicts = (context: Context): Context =>
  withFaults(context, (operation) =>
    operation === 'TransactWriteItems' && Math.random() < 0.2 ? cancelled('TransactionConflict') : undefined,
  )

async function soldTo(customerId: string, lines: ReturnType<typeof line>[]): Promise<Order> {
  const { id } = await createOrder(ctx, { customerId, lines })
  return confirmOrder(ctx, { id })
}

/** The codes of what was refused. */
const refusals = (settled: PromiseSettledResult<unknown>[]): string[] =>
  settled.flatMap((one) => (one.status === 'rejected' ? [one.reason instanceof Problem ? one.reason.code : String(one.reason)] : []))

/** Orders of a firm of the test, each with all that became owed by its shipments. */
async function owedOf(customerId: string, orderId: string): Promise<number> {
  const events = await eventsOf(ctx, customerId, 'shipment.dispatched')
  const openings = events.flatMap(({ data }) => data.openings as { of: string; amount: number }[])
  return openings.filter(({ of }) => of === orderId).reduce((sum, { amount }) => sum + amount, 0)
}

test('whoever ships at once, never more leaves than was ordered, and what is owed comes to the total exactly', async () => {
  const customer = await createCustomer(ctx, { name: firmName() })
  const writers = fc.integer({ min: 2, max: 12 })
  const price = fc.constantFrom('3.335', '0.07', '12.5', '99.999')

  await fc.assert(
    fc.asyncProperty(writers, price, fc.integer({ min: 1, max: 7 }), async (count, unitPrice, each) => {
      const ordered = Math.ceil((count * each) / 2)
      const order = await soldTo(customer.id, [line(String(ordered), unitPrice)])
      const orderLine = order.lines[0]!.id
      const ship = (quantity: number) =>
        retryStale(() =>
          createShipment(withConflicts(ctx), {
            customerId: customer.id,
            lines: [{ orderLine, quantity: String(quantity) }],
            dispatch: true,
          }),
        )

      const raced = await Promise.allSettled(Array.from({ length: count }, () => ship(each)))
      const between = (await getOrder(ctx, { id: order.id })) as Order
      const left = ordered - shippedOf(between, order.lines[0]!).quantity / 1_000_000
      if (left > 0) await ship(left)
      const after = (await getOrder(ctx, { id: order.id })) as Order

      expect(new Set(refusals(raced))).toEqual(new Set(refusals(raced).length > 0 ? ['shipment.more-than-left'] : []))
      expect(left).toBeGreaterThanOrEqual(0)
      expect(shippedOf(after, order.lines[0]!)).toMatchObject({ quantity: ordered * 1_000_000, gross: order.total, net: order.netTotal })
      expect(openedOf(after)).toMatchObject({ opened: order.total, openedBase: order.base })
      expect(after.status).toBe('shipped')
      expect(await owedOf(customer.id, order.id)).toBe(order.total)
    }),
    { numRuns: 10 },
  )
})

test('orders confirmed at once never go over the credit limit of their customer', async () => {
  for (let round = 0; round < 5; round++) {
    const limit = { amount: '100.00', currency: 'CNY' }
    const customer = await createCustomer(ctx, { name: firmName(), creditLimit: limit })
    const drafts = await Promise.all(
      Array.from({ length: 8 }, () => retryStale(() => createOrder(ctx, { customerId: customer.id, lines: [line('1', '30')] }))),
    )

    const confirmed = await Promise.all(drafts.map(({ id }) => retryStale(() => confirmOrder(withConflicts(ctx), { id }))))

    expect(confirmed.filter(({ status }) => status === 'confirmed')).toHaveLength(3)
    expect(confirmed.filter(({ status }) => status === 'credit-hold')).toHaveLength(5)
  }
})

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
