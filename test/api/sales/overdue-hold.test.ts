import { expect, test } from 'vitest'
import { cny, financeAs, receivableOf } from '../../support/finance.ts'
import { customerOf, day, partiesAs } from '../../support/parties.ts'
import { confirmedOrder, lineOf, salesAs } from '../../support/sales.ts'
import { newTenant } from '../../support/tenant.ts'

const tenant = await newTenant()
const sales = salesAs(tenant, tenant.admin)
const parties = partiesAs(tenant, tenant.admin)

/** A customer who has owed 50.00 for ten days and 30.00 for two, with an order that was confirmed. */
async function lateCustomer(more: Record<string, unknown> = {}) {
  const { id } = await customerOf(tenant, tenant.admin, more)
  await receivableOf(tenant, tenant.admin, id, 50, { issuedOn: day(-40), dueOn: day(-10) })
  await receivableOf(tenant, tenant.admin, id, 30, { issuedOn: day(-40), dueOn: day(-2) })
  await receivableOf(tenant, tenant.admin, id, 900, { issuedOn: day(-40), dueOn: day() })
  const order = await confirmedOrder(tenant, tenant.admin, id, { lines: [lineOf('2', '1')] })
  const ship = (quantity: string, dispatch = true) =>
    sales('/v1/shipments', {
      body: { customerId: id, lines: [{ orderLine: order.lines[0].id, quantity }], ...(dispatch ? { dispatch } : {}) },
    })
  return { id, ship }
}

test('nothing is shipped to a customer who owes more overdue than agreed, or longer, and it is said by how much', async () => {
  const [byAmount, byDays, both] = await Promise.all([
    lateCustomer({ overdueLimit: cny(79) }),
    lateCustomer({ holdWhenOverdueDays: 9 }),
    lateCustomer({ overdueLimit: cny(0), holdWhenOverdueDays: 0 }),
  ])

  const answers = await Promise.all([byAmount, byDays, both].map(({ ship }) => ship('1')))

  expect(answers.map(({ status, body }) => [status, body.code, body.flags])).toEqual([
    [409, 'credit.overdue-hold', ['overdue-limit']],
    [409, 'credit.overdue-hold', ['overdue-days']],
    [409, 'credit.overdue-hold', ['overdue-limit', 'overdue-days']],
  ])
  expect(answers[0]!.body).toMatchObject({ overdue: cny(80), oldestDays: 10 })
})

test('what was agreed is exactly what may be overdue', async () => {
  const { ship } = await lateCustomer({ overdueLimit: cny(80), holdWhenOverdueDays: 10 })

  expect((await ship('1')).status).toBe(201)
})

test('a shipment that was drafted leaves when the customer has paid, or more is agreed', async () => {
  const { id, ship } = await lateCustomer({ overdueLimit: cny(79) })
  const drafts = [await ship('1', false), await ship('1', false)]
  const leave = (n: number) => sales(`/v1/shipments/${drafts[n]!.body.id}/dispatch`, { body: {} })

  const held = await leave(0)
  await financeAs(tenant, tenant.admin)('/v1/receipts', {
    body: { customerId: id, receivedOn: day(), amount: cny(30), method: 'bank', allocate: 'oldest-first' },
  })
  const paid = await leave(0)
  await parties(`/v1/customers/${id}`, { method: 'PATCH', body: { overdueLimit: cny(1) } })
  const heldAgain = await leave(1)
  await parties(`/v1/customers/${id}`, { method: 'PATCH', body: { overdueLimit: null } })

  expect([held.body.code, paid.status, heldAgain.body.code, (await leave(1)).status]).toEqual([
    'credit.overdue-hold',
    200,
    'credit.overdue-hold',
    200,
  ])
})
