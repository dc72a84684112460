import { expect, test } from 'vitest'
import { readOpenSums } from '../../../domain/finance/ageing/age-today.ts'
import { keepOpenSums } from '../../../domain/finance/ageing/keep-open-sums.ts'
import { sumsKey } from '../../../domain/finance/ageing/open-sums.ts'
import { tidyOpenSums } from '../../../domain/finance/ageing/tidy-open-sums.ts'
import { checkOpenSums } from '../../../domain/finance/index.ts'
import { receivables } from '../../../domain/finance/receivable/receivable.table.ts'
import { addDays } from '../../../domain/kernel/dates.ts'
import { retryStale } from '../../../domain/store/commit.ts'
import { itemKey } from '../../../domain/store/entity-definition.ts'
import { get } from '../../../domain/store/read.ts'
import { tryWrite } from '../../../domain/store/try-write.ts'
import { handler } from '../../../functions/consumers/finance/keep-open-sums-on-books-changed.ts'
import { handler as openOfOrder } from '../../../functions/consumers/finance/open-receivables-on-order-agreed.ts'
import { handler as openOfShipment } from '../../../functions/consumers/finance/open-receivables-on-shipment-dispatched.ts'
import { consumers } from '../../../functions/manifest.ts'
import { handler as runDaily } from '../../../functions/queues/finance/keep-month-ends.ts'
import { callAs } from '../../support/api.ts'
import { deliver } from '../../support/deliver.ts'
import { firmOwed, receivableOf, shares } from '../../support/finance.ts'
import { meanwhile } from '../../support/meanwhile.ts'
import { customerOf, day } from '../../support/parties.ts'
import { confirmedOrder, lineOf, salesAs, shipmentOf } from '../../support/sales.ts'
import { newTenant } from '../../support/tenant.ts'

const names = consumers.find(({ name }) => name === 'keep-open-sums-on-books-changed')!.detailTypes.map((type) => type.replace(/\.v1$/, ''))

/** Receivables of two customers in two currencies, in part paid, with money to somebody's credit. */
async function firm() {
  const { tenant, ctx, call, customer, owed, receive } = await firmOwed([300, 50])
  const other = await customerOf(tenant, tenant.admin)
  await receivableOf(tenant, tenant.admin, other.id, 70, { dueOn: day(0) })
  await receivableOf(tenant, tenant.admin, other.id, 80, { dueOn: day(1) })
  const usd = { amount: { amount: '10.00', currency: 'USD' }, exchangeRate: '7' }
  await call('/v1/receivables', { body: { customerId: other.id, issuedOn: '2026-01-01', dueOn: '2026-03-01', ...usd } })
  await receive(120, { allocations: shares([owed[0]!, 100]) })
  const total = async (query = '') =>
    (await callAs(tenant.id, tenant.admin)(`/v1/reports/receivables-ageing?groupBy=total&asOf=${day(0)}${query}`)).body
  const everything = async () => (await callAs(tenant.id, tenant.admin)(`/v1/reports/receivables-ageing?asOf=${day(0)}`)).body
  return { tenant, ctx, call, customer, owed, receive, total, everything }
}

test.each([
  ['in order', (bodies: string[]) => bodies],
  ['doubled and backwards', (bodies: string[]) => [...bodies, ...bodies].reverse()],
])('the totals of today are those of all that is open, with news %s', async (_, order) => {
  const { ctx, total, everything } = await firm()

  await deliver(ctx, handler, names, order)
  const [kept, read] = [await total(), await everything()]

  expect(await checkOpenSums(ctx)).toEqual([])
  expect(kept.total).toEqual(read.total)
  expect(kept.byCurrency).toEqual(read.byCurrency)
  expect(kept.total).toMatchObject({ notDue: { amount: '150.00' }, unallocated: { amount: '20.00' }, count: 5, overdueCount: 3 })
})

test('they follow what is settled; a month of which nothing is open goes with the day', async () => {
  const { ctx, owed, receive, total, everything } = await firm()
  await deliver(ctx, handler, names)
  await receive(250, { allocations: shares([owed[0]!, 200], [owed[1]!, 50]) })

  const stale = await checkOpenSums(ctx)
  await deliver(ctx, handler, names)

  expect(stale.length).toBeGreaterThan(0)
  expect(await checkOpenSums(ctx)).toEqual([])
  expect((await total()).total).toEqual((await everything()).total)
  const daily = JSON.stringify({ tenantId: ctx.tenant.id, upTo: '2020-01-01T00:00:00.000Z' })
  await runDaily({ Records: [{ messageId: 'daily', body: daily }] } as never)
  expect(await checkOpenSums(ctx)).toEqual([])
  expect((await readOpenSums(ctx)).map(({ dueOn }) => dueOn?.slice(0, 7))).not.toContain('2026-01')
})

test('counted by ten at once, nothing is counted twice', async () => {
  const { ctx, customer } = await firm()

  await Promise.allSettled(Array.from({ length: 10 }, () => keepOpenSums(ctx, customer.id)))
  await deliver(ctx, handler, names)

  expect(await checkOpenSums(ctx)).toEqual([])
})

test('who looked before another, and writes after it, does not write what was open by then', async () => {
  const { ctx, customer, owed, receive } = await firm()
  await deliver(ctx, handler, names)
  const inFlight = meanwhile(
    ctx,
    (_, input) => input.includes('OPS#'),
    async () => {
      await receive(200, { allocations: shares([owed[0]!, 200]) })
      await keepOpenSums(ctx, customer.id)
    },
  )

  await retryStale(() => keepOpenSums(inFlight, customer.id))

  expect(await checkOpenSums(ctx)).toEqual([])
})

test('a month that was empty is not taken away by who comes late, when it was taken away and has filled since', async () => {
  const { tenant, ctx, customer, owed, receive } = await firmOwed([300])
  const open = async () => {
    await receivableOf(tenant, tenant.admin, customer.id, 70, { dueOn: owedOn })
    await keepOpenSums(ctx, customer.id)
  }
  const { dueOn: owedOn } = await get(ctx, receivables, owed[0]!.id)
  await keepOpenSums(ctx, customer.id)
  await receive(300, { allocations: shares([owed[0]!, 300]) })
  const inFlight = meanwhile(
    ctx,
    (command, input) => command === 'DeleteCommand' && input.includes('OPEN-SUMS'),
    async () => {
      await tryWrite(ctx, { ...itemKey(ctx, sumsKey('CNY', owedOn.slice(0, 7))), delete: true })
      await open()
      await open()
    },
  )

  await keepOpenSums(ctx, customer.id)
  await tidyOpenSums(inFlight)

  expect(await checkOpenSums(ctx)).toEqual([])
  expect((await readOpenSums(ctx)).map(({ dueOn }) => dueOn)).toContain(owedOn)
})

test('a rep, a past day and another way of ageing are read from the books', async () => {
  const { tenant, ctx, total } = await firm()
  const rep = await tenant.user('rep')
  await deliver(ctx, handler, names)

  const own = (await callAs(tenant.id, rep)('/v1/reports/receivables-ageing?groupBy=total')).body
  const byIssue = await total('&ageBy=issuedOn')
  const ahead = (await callAs(tenant.id, tenant.admin)(`/v1/reports/receivables-ageing?groupBy=total&asOf=${addDays(day(0), 31)}`)).body

  expect(own.total).toMatchObject({ count: 0 })
  expect(byIssue.total).toMatchObject({ notDue: { amount: '0.00' }, over180: { amount: '470.00' } })
  expect(ahead.total).toMatchObject({ notDue: { amount: '0.00' }, d1to30: { amount: '80.00' }, d31to60: { amount: '70.00' } })
})

test('what a cancelled shipment and an ended order take back of the books leaves them at their news', async () => {
  const tenant = await newTenant()
  const [ctx, call] = [await tenant.as(tenant.admin), salesAs(tenant, tenant.admin)]
  const { id: customerId } = await customerOf(tenant, tenant.admin)
  const half = [
    { percent: '50', trigger: 'confirm' },
    { percent: '50', trigger: 'dispatch' },
  ]
  const cancelled = await confirmedOrder(tenant, tenant.admin, customerId, { instalments: half })
  const closed = await confirmedOrder(tenant, tenant.admin, customerId, { instalments: half })
  const shipment = await shipmentOf(tenant, tenant.admin, { customerId, lines: [lineOf('10', '5')], dispatch: true })
  await deliver(ctx, openOfOrder, ['order.confirmed'])
  await deliver(ctx, openOfShipment, ['shipment.dispatched'])
  await deliver(ctx, handler, names)

  for (const [path, name] of [
    [`/v1/shipments/${shipment.id}/cancel`, 'shipment.cancelled'],
    [`/v1/orders/${cancelled.id}/cancel`, 'order.cancelled'],
    [`/v1/orders/${closed.id}/close`, 'order.closed'],
  ] as const) {
    const answer = await call(path, { body: { reason: '录入错误' } })
    const stale = await checkOpenSums(ctx)
    await deliver(
      ctx,
      handler,
      names.filter((one) => one === name),
    )

    expect(answer.status).toBe(200)
    expect(stale.length).toBeGreaterThan(0)
    expect(await checkOpenSums(ctx)).toEqual([])
  }
})
