import { expect, test } from 'vitest'
import { handler as rekeyBooks } from '../../../functions/consumers/finance/rekey-books-on-customer-owner-changed.ts'
import { handler as rekeyDocuments } from '../../../functions/consumers/sales/rekey-documents-on-customer-owner-changed.ts'
import { callAs } from '../../support/api.ts'
import { deliver } from '../../support/deliver.ts'
import { receivableOf } from '../../support/finance.ts'
import { carryOut, handOver } from '../../support/handover.ts'
import { customerOf } from '../../support/parties.ts'
import { confirmedOrder, lineOf, orderOf, salesAs, shipmentOf } from '../../support/sales.ts'
import { newTenant } from '../../support/tenant.ts'

test('a handover counts the running business that goes with the customers, each once, to whom it goes', async () => {
  const tenant = await newTenant()
  const [leaver, next, other] = [await tenant.user('rep'), await tenant.user('rep'), await tenant.user('rep')]
  const [plain, key] = [await customerOf(tenant, leaver), await customerOf(tenant, leaver, { level: 'key-major' })]
  const sold = await confirmedOrder(tenant, leaver, plain.id, { lines: [lineOf('10', '5')] })
  await orderOf(tenant, leaver, key.id)
  const ended = await confirmedOrder(tenant, leaver, key.id)
  await salesAs(tenant, leaver)(`/v1/orders/${ended.id}/cancel`, { body: {} })
  await salesAs(tenant, leaver)('/v1/quotes', { body: { customerId: key.id, lines: [lineOf('1', '5')] } })
  await shipmentOf(tenant, leaver, { customerId: plain.id, lines: [{ orderLine: sold.lines[0].id, quantity: '4' }], dispatch: true })
  await receivableOf(tenant, tenant.admin, plain.id, 100)
  const rules = [{ where: { field: 'level', op: 'eq', value: 'key-major' }, toUserId: other.id }]
  const { body } = await handOver(tenant, leaver, { toUserId: next.id, rules })

  const { report, errors } = await carryOut(tenant, body.id)
  const ctx = await tenant.as(tenant.admin)
  await deliver(ctx, rekeyDocuments, ['customer.owner-changed'])
  await deliver(ctx, rekeyBooks, ['customer.owner-changed'])

  const business = ['quotes', 'orders', 'shipments', 'receivables']
  const nameOf = (id: string | null) => (id === next.id ? 'next' : id === other.id ? 'other' : id)
  expect(report.filter(({ kind }) => business.includes(kind)).map((line) => [line.kind, nameOf(line.toUserId), line.count])).toEqual([
    ['quotes', 'other', 1],
    ['orders', 'next', 1],
    ['orders', 'other', 1],
    ['shipments', 'next', 1],
    ['receivables', 'next', 1],
  ])
  expect(errors).toEqual([])
  const listed = async (user: typeof next, noun: string) =>
    (await callAs(tenant.id, user)(`/v1/${noun}`)).body.data.map(({ customerId }: { customerId: string }) => customerId)
  expect([await listed(next, 'orders'), await listed(next, 'shipments'), await listed(next, 'receivables')]).toEqual(
    Array(3).fill([plain.id]),
  )
  expect([await listed(other, 'orders'), await listed(other, 'quotes')]).toEqual([[key.id, key.id], [key.id]])
  expect(await listed(leaver, 'orders')).toEqual([])
})
