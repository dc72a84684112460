import { expect, test } from 'vitest'
import { statementViewOf } from '../../../domain/sales/index.ts'
import { callAs } from '../../support/api.ts'
import { cny, receivableOf } from '../../support/finance.ts'
import { customerOf } from '../../support/parties.ts'
import { confirmedOrder, lineOf, salesAs } from '../../support/sales.ts'
import { newTenant } from '../../support/tenant.ts'

/** A customer with an opening balance, a shipment that became owed, a receipt with a deduction, and what came later. */
async function world() {
  const tenant = await newTenant()
  const rep = await tenant.user('rep')
  const finance = await tenant.user('finance')
  const { id } = await customerOf(tenant, rep, {
    name: '明辉',
    paymentTerms: { kind: 'monthly', from: 'shipment', cutoffDay: 25, months: 1 },
  })
  const call = callAs(tenant.id, finance)
  const post = async (path: string, body: object) => {
    const answer = await call(path, { body })
    expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300)
    return answer.body
  }
  const before = await receivableOf(tenant, finance, id, 100, { number: 'OLD-1', issuedOn: '2026-09-01', dueOn: '2026-10-01' })
  const order = await confirmedOrder(tenant, rep, id, {
    orderedOn: '2026-10-01',
    customerPo: 'PO-7',
    lines: [lineOf('2', '11.3', { model: 'M1' }), lineOf('1', '5.65')],
  })
  const shipped = await salesAs(tenant, rep)('/v1/shipments', {
    body: {
      customerId: id,
      shippedOn: '2026-10-10',
      dispatch: true,
      lines: order.lines.map(({ id: orderLine, quantity }: { id: string; quantity: string }) => ({ orderLine, quantity })),
    },
  })
  expect(shipped.status, JSON.stringify(shipped.body)).toBe(201)
  await receivableOf(tenant, finance, id, '28.25', {
    number: shipped.body.number,
    shipmentId: shipped.body.id,
    issuedOn: '2026-10-10',
    dueOn: '2026-11-25',
  })
  await post('/v1/receipts', {
    customerId: id,
    number: 'RC-1',
    receivedOn: '2026-10-20',
    amount: cny(95),
    method: 'bank',
    deductions: [{ kind: 'bank-fee', amount: cny(5) }],
    allocations: [{ receivableId: before.id, amount: cny(100) }],
  })
  await receivableOf(tenant, finance, id, 9, { number: 'LATER', issuedOn: '2026-10-26', dueOn: '2026-11-25' })
  return { tenant, finance, id, call, number: shipped.body.number }
}

const days = 'from=2026-09-26&to=2026-10-25'

test('a statement has what was shipped line by line, receipts and deductions, between its opening and closing balance', async () => {
  const { tenant, finance, id, call, number } = await world()

  const { body } = await call(`/v1/customers/${id}/statement?${days}`)
  const later = (await call(`/v1/customers/${id}/statement?from=2026-10-26&to=2026-11-25`)).body
  const { view } = await statementViewOf(await tenant.as(finance), { id, from: '2026-09-26', to: '2026-10-25' })

  expect(body).toMatchObject({
    opening: cny(100),
    charged: cny('28.25'),
    paid: cny(100),
    closing: cny('28.25'),
    overdue: cny(0),
    otherCurrencies: [],
    confirmation: null,
  })
  // biome-ignore lint/suspicious/noExplicitAny: rows are read as they are
  const rows = body.movements.map(({ on, kind, number, customerPo, model, quantity, unitPrice, charge, payment, balance }: any) => [
    on,
    kind,
    number,
    customerPo,
    model,
    quantity,
    unitPrice,
    charge?.amount ?? null,
    payment?.amount ?? null,
    balance.amount,
  ])
  expect(rows).toEqual([
    ['2026-10-10', 'shipment', number, 'PO-7', 'M1', '2', '11.3', '22.60', null, '122.60'],
    ['2026-10-10', 'shipment', number, 'PO-7', null, '1', '5.65', '5.65', null, '128.25'],
    ['2026-10-20', 'receipt', 'RC-1', null, null, null, null, null, '95.00', '33.25'],
    ['2026-10-20', 'deduction', 'RC-1', null, null, null, null, null, '5.00', '28.25'],
  ])
  expect(later).toMatchObject({ opening: cny('28.25'), closing: cny('37.25') })
  expect(view).toMatchObject({ kind: 'statement', number: '20260926-20261025', opening: '100.00', closing: '28.25' })
  expect(view.movements[0]).toMatchObject({ kind: 'shipment', number, customerPo: 'PO-7', charge: '22.60', balance: '122.60' })
})

test('goods that came back stand there as a return, other credits as credit notes', async () => {
  const { id, call } = await world()
  const shipmentId = (await call(`/v1/customers/${id}/statement?${days}`)).body.movements[0].id
  const credit = (more: object) =>
    call('/v1/credit-notes', { body: { customerId: id, issuedOn: '2026-10-22', amount: cny(5), reason: '退货', ...more } })
  await credit({ number: 'CN-1', shipmentId })
  await credit({ number: 'CN-2' })

  const { body } = await call(`/v1/customers/${id}/statement?${days}`)

  const rows = body.movements
    .slice(-2)
    .map(({ kind, number, payment }: Record<string, { amount: string }>) => [kind, number, payment!.amount])
  expect(rows).toEqual([
    ['return', 'CN-1', '5.00'],
    ['credit-note', 'CN-2', '5.00'],
  ])
  expect(body.closing).toEqual(cny('18.25'))
})

test('without days it is the last period that has ended, by the cut-off day', async () => {
  const { id, call } = await world()

  const { body } = await call(`/v1/customers/${id}/statement`)
  const reversed = await call(`/v1/customers/${id}/statement?from=2026-02-02&to=2026-02-01`)

  expect(body.from.slice(8)).toBe('26')
  expect(body.to.slice(8)).toBe('25')
  expect(reversed).toMatchObject({ status: 400, body: { code: 'range.reversed' } })
})

test('the customer confirms the very balance that it was shown', async () => {
  const { tenant, id, call } = await world()
  const confirm = (amount: string) =>
    call(`/v1/customers/${id}/statement/confirm`, {
      body: { from: '2026-09-26', to: '2026-10-25', closing: cny(amount), confirmedOn: '2026-11-01', confirmedBy: '王小姐' },
    })

  const wrong = await confirm('28.24')
  const right = await confirm('28.25')
  const read = await call(`/v1/customers/${id}/statement?${days}`)
  const foreign = await callAs(tenant.id, await tenant.user('rep'))(`/v1/customers/${id}/statement?${days}`)

  expect(wrong).toMatchObject({ status: 409, body: { code: 'statement.changed' } })
  expect(right).toMatchObject({
    status: 200,
    body: { confirmation: { confirmedOn: '2026-11-01', confirmedBy: '王小姐', closing: cny('28.25') } },
  })
  expect(read.body).toEqual(right.body)
  expect(foreign.status).toBe(404)
})
