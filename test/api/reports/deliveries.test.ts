import { expect, test } from 'vitest'
import { callAs } from '../../support/api.ts'
import { customerOf, day } from '../../support/parties.ts'
import { confirmedOrder, lineOf, orderOf, salesAs, shipmentOf } from '../../support/sales.ts'
import { newTenant } from '../../support/tenant.ts'

test('orders are shipped, late, waiting or late and waiting, by what was promised for their lines; the search finds the same', async () => {
  const tenant = await newTenant()
  const [rep, other] = [await tenant.user('rep', { name: 'Rita' }), await tenant.user('rep', { name: 'Otto' })]
  const customer = await customerOf(tenant, rep)
  const theirs = await customerOf(tenant, other)
  const orderedOn = day(-20)
  const ship = (user: typeof rep, order: { customerId: string; lines: { id: string }[] }, quantity: string, shippedOn: string) =>
    shipmentOf(tenant, user, {
      customerId: order.customerId,
      shippedOn,
      dispatch: true,
      lines: order.lines.map(({ id }) => ({ orderLine: id, quantity })),
    })
  const of = (deliverOn: string, more = {}) =>
    confirmedOrder(tenant, rep, customer.id, { orderedOn, deliverOn, lines: [lineOf('10', '5')], ...more })
  const onTime = await of(day(-5), { lines: [lineOf('10', '5'), lineOf('10', '6', { deliverOn: day(-2) })] })
  await ship(rep, onTime, '10', day(-2))
  const late = await of(day(-5))
  await ship(rep, late, '4', day(-4))
  await ship(rep, late, '6', day(-9))
  const waiting = await of(day(3))
  const overdue = await of(day(-1))
  await ship(rep, overdue, '4', day(-6))
  const back = await of(day(-5))
  const note = await ship(rep, back, '10', day(-1))
  await salesAs(tenant, rep)(`/v1/shipments/${note.id}/return`, { body: { mode: 'replace' } })
  const cancelled = await of(day(-5))
  await salesAs(tenant, rep)(`/v1/orders/${cancelled.id}/cancel`, { body: {} })
  await orderOf(tenant, rep, customer.id, { orderedOn, deliverOn: day(-5) })
  await confirmedOrder(tenant, other, theirs.id, { orderedOn, deliverOn: day(-1) })
  const ask = async (user: typeof rep, query: string) =>
    (await callAs(tenant.id, user)(`/v1/reports/deliveries?from=${day(-30)}&to=${day()}&${query}`)).body

  const own = await ask(rep, 'groupBy=customer')
  const all = await ask(tenant.admin, 'groupBy=rep,month')
  const search = { where: { field: 'late', op: 'eq', value: true }, sort: 'createdAt' }
  const found = (await salesAs(tenant, rep)('/v1/orders/search', { body: search })).body
  const shown = (await salesAs(tenant, rep)(`/v1/orders/${late.id}`)).body

  const figures = { count: 5, amount: null, shipped: 2, shippedLate: 1, unshipped: 3, unshippedLate: 2 }
  expect(own).toMatchObject({ total: figures, rows: [{ key: customer.id, label: customer.name, ...figures }] })
  expect(all.rows).toMatchObject([
    { key: [rep.id, orderedOn.slice(0, 7)], label: `Rita · ${orderedOn.slice(0, 7)}`, ...figures },
    { label: `Otto · ${orderedOn.slice(0, 7)}`, count: 1, unshippedLate: 1 },
  ])
  expect(found.data.map(({ id }: { id: string }) => id)).toEqual([late.id, overdue.id, back.id])
  expect(waiting).toMatchObject({ promisedOn: day(3), shippedOn: null })
  expect(shown).toMatchObject({ promisedOn: day(-5), shippedOn: day(-4), status: 'shipped' })
})
