import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkBooks, checkOpenSums } from '../../../domain/finance/index.ts'
import { fromOwnSeeds } from '../../support/own-seeds.ts'
import { operations, play } from '../../support/sales-moves.ts'
import { ordered, owed, statusOf } from '../../support/sales-oracle.ts'
import { firmWithCredit, openTrade, spread, type Trade } from '../../support/sales-trade.ts'
import { experiment, tries } from '../../support/share.ts'

const minor = ({ amount }: { amount: string }) => Math.round(Number(amount) * 100)

/** Every quote, order and shipment, what is owed and what is promised, are as the oracle has them. */
async function expectSame({ sell, keep, customerId, book }: Trade): Promise<void> {
  for (const quote of book.quotes) {
    const { lines } = (await sell(`/v1/quotes/${quote.id}`)).body
    expect(lines.map((line: { ordered: string }) => Number(line.ordered))).toEqual(quote.lines.map((line) => line.ordered))
  }
  for (const order of book.orders) {
    const { status, lines } = (await sell(`/v1/orders/${order.id}`)).body
    const found = lines.map((line: { quantity: string; shipped: string }) => [Number(line.quantity), Number(line.shipped)])
    expect([status, ...found]).toEqual([statusOf(order), ...order.lines.map(({ quantity, shipped }) => [quantity, shipped])])
  }
  for (const shipment of book.shipments) {
    const { status, lines } = (await sell(`/v1/shipments/${shipment.id}`)).body
    const found = lines.map((line: { returned: string }) => Number(line.returned))
    expect([status, ...found]).toEqual([
      shipment.isCancelled ? 'cancelled' : 'dispatched',
      ...shipment.lines.map(({ returned }) => returned),
    ])
  }
  const credit = (await keep(`/v1/customers/${customerId}/credit`)).body
  const { data } = (await keep(`/v1/customers/${customerId}/receivables?limit=100`)).body
  const open = data.reduce((sum: number, row: { outstanding: { amount: string } }) => sum + minor(row.outstanding), 0)
  expect([minor(credit.ordered), minor(credit.receivable) - minor(credit.unallocated)]).toEqual([ordered(book), owed(book)])
  expect([minor(credit.exposure), open]).toEqual([ordered(book) + owed(book), minor(credit.receivable)])
}

/** Each of 11 to 23 operations. */
const numRuns = tries({ test: 3, faults: 2_000, nightly: 100_000 })

test(
  experiment(
    'R13',
    'whatever is quoted, ordered, amended, shipped, returned and ended in whatever order, quantities, credit and books are what the rules give',
    numRuns,
  ),
  async () => {
    const firm = await firmWithCredit()
    await fromOwnSeeds(
      numRuns,
      fc.asyncProperty(operations, async (all) => {
        const trade = await openTrade(firm)

        for (const one of all) await play(trade, one)

        await spread(trade)
        await expectSame(trade)
      }),
    )
    expect([...(await checkBooks(firm.ctx)), ...(await checkOpenSums(firm.ctx))]).toEqual([])
  },
)
