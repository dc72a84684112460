import { expect, test } from 'vitest'
import { openOfAll } from '../../../domain/finance/index.ts'
import { receipts } from '../../../domain/finance/receipt/receipt.table.ts'
import type { Customer } from '../../../domain/parties/customer/customer.ts'
import { undoMerge } from '../../../domain/parties/merge/undo-merge.ts'
import { get } from '../../../domain/store/read.ts'
import { createAnyway } from '../../support/duplicates.ts'
import { cny, firmOwed, receivableOf, shares } from '../../support/finance.ts'
import { carryOut, merged } from '../../support/merge.ts'
import { confirmedOrder, lineOf, salesAs } from '../../support/sales.ts'

/** Two customers of two reps, the second with one of everything in the books. */
async function twoInTheBooks() {
  const firm = await firmOwed([100])
  const { tenant, ctx, call, customer, receive } = firm
  const rep = await tenant.user('rep')
  const duplicate: Customer = await createAnyway(ctx, { name: customer.name, ownerId: rep.id, creditLimit: cny(1000) })
  const theirs = { customerId: duplicate.id }
  const owed = await receivableOf(tenant, tenant.admin, duplicate.id, 200, { number: 'D-1' })
  await receive(300, { ...theirs, allocations: shares([owed, 150]) })
  const waiting = await call('/v1/receipts', { body: { receivedOn: '2026-02-01', amount: cny(40), method: 'bank' } })
  await call(`${waiting.headers.location}/identify`, { body: theirs })
  const body = { ...theirs, issuedOn: '2026-02-02', reason: '折让' }
  await call('/v1/credit-notes', { body: { ...body, amount: cny(30) } })
  await call('/v1/write-offs', { body: { ...body, amount: cny(10), allocations: shares([owed, 10]) } })
  const order = await confirmedOrder(tenant, tenant.admin, duplicate.id, { lines: [lineOf('10', '11.3')] })
  const owners = async (ownerId: string) => {
    const paths = ['receivables', 'receipts', 'credit-notes', 'write-offs']
    const lists = await Promise.all(paths.map((path) => call(`/v1/${path}?filter[ownerId]=${ownerId}`)))
    return lists.map(({ body: { data } }) => data.length)
  }
  return { ...firm, rep, duplicate, order, debt: owed, waiting: waiting.body.id as string, owners }
}

test('the books of a merged customer are the survivor’s, balanced, and go back when the merge is undone', async () => {
  const { tenant, ctx, call, customer, rep, duplicate, debt, waiting, order, owners, receive, credit, outstanding, faults } =
    await twoInTheBooks()
  const counts = [1, 2, 1, 1]
  const before = [await owners(rep.id), await owners(tenant.admin.id)]

  const mergeId = await merged(ctx, customer.id, { duplicateId: duplicate.id })

  expect(before).toEqual([counts, [1, 0, 0, 0]])
  expect([await owners(rep.id), await owners(tenant.admin.id)]).toEqual([
    [0, 0, 0, 0],
    [2, 2, 1, 1],
  ])
  expect(new Set((await openOfAll(ctx)).map(({ ownerId }) => ownerId))).toEqual(new Set([tenant.admin.id]))
  expect((await get(ctx, receipts, waiting)).customerId).toBe(customer.id)
  expect(await credit()).toMatchObject({ receivable: cny(140), unallocated: cny(220), exposure: cny(33), limit: cny(1000) })
  expect(await faults()).toEqual([])

  const cancelled = await salesAs(tenant, tenant.admin)(`/v1/orders/${order.id}/cancel`, { body: {} })
  expect(cancelled.status, JSON.stringify(cancelled.body)).toBe(200)
  expect(await credit()).toMatchObject({ ordered: cny(0), exposure: cny(-80) })

  const across = await receive(50, { allocations: shares([debt, 25]) })
  expect(across.status, JSON.stringify(across.body)).toBe(201)
  expect(await outstanding()).toEqual(['100.00', '15.00'])
  expect(await faults()).toEqual([])

  await undoMerge(ctx, { id: mergeId })
  await carryOut(ctx, mergeId)

  expect([await owners(rep.id), await owners(tenant.admin.id)]).toEqual([counts, [1, 1, 0, 0]])
  expect((await get(ctx, receipts, waiting)).customerId).toBe(duplicate.id)
  expect(await outstanding()).toEqual(['100.00'])
  expect((await call(`/v1/customers/${duplicate.id}/credit`)).body).toMatchObject({ receivable: cny(15), unallocated: cny(220) })
  expect((await call(`${across.headers.location}/reverse`, { body: {} })).status).toBe(200)
  expect((await call(`/v1/customers/${duplicate.id}/credit`)).body.receivable).toEqual(cny(40))
  expect(await faults()).toEqual([])
})
