import { expect, test } from 'vitest'
import { checkOpenSums } from '../../../domain/finance/index.ts'
import type { Customer } from '../../../domain/parties/customer/customer.ts'
import { undoMerge } from '../../../domain/parties/merge/undo-merge.ts'
import { handler } from '../../../functions/consumers/finance/keep-open-sums-on-books-changed.ts'
import { consumers } from '../../../functions/manifest.ts'
import { deliver } from '../../support/deliver.ts'
import { createAnyway } from '../../support/duplicates.ts'
import { cny, firmOwed, receivableOf, shares } from '../../support/finance.ts'
import { carryOut, merged } from '../../support/merge.ts'

const names = consumers.find(({ name }) => name === 'keep-open-sums-on-books-changed')!.detailTypes.map((type) => type.replace(/\.v1$/, ''))

test('what settled receivables of both sides of a merge leaves the sums of both right when it is taken back after the undoing', async () => {
  const { tenant, ctx, call, customer, owed, receive } = await firmOwed([100])
  const duplicate: Customer = await createAnyway(ctx, { name: customer.name, creditLimit: cny(1000) })
  const theirs = await receivableOf(tenant, tenant.admin, duplicate.id, 300, { number: 'D-1' })
  const mergeId = await merged(ctx, customer.id, { duplicateId: duplicate.id })
  const both = (units: number) => ({ allocations: shares([owed[0]!, units], [theirs, units]) })
  const issued = { customerId: customer.id, issuedOn: '2026-02-01', amount: cny(20), reason: '折让', ...both(10) }
  const bill = { method: 'bank-acceptance', bill: { billNo: 'B1', acceptor: 'ICBC', dueOn: '2026-08-01' } }
  const sources = [
    await receive(60, both(30)),
    await receive(40, both(20)),
    await receive(20, { ...both(10), ...bill }),
    await call('/v1/credit-notes', { body: issued }),
    await call('/v1/credit-notes', { body: issued }),
    await call('/v1/write-offs', { body: issued }),
  ]
  expect(sources.map(({ status, body }) => (status === 201 ? '' : JSON.stringify(body)))).toEqual(sources.map(() => ''))
  await undoMerge(ctx, { id: mergeId })
  await carryOut(ctx, mergeId)
  await deliver(ctx, handler, names)
  expect(await checkOpenSums(ctx)).toEqual([])

  const ways = ['unallocate', 'reverse', 'dishonour', 'unallocate', 'reverse', 'reverse']
  const news = ['receipt.unallocated', 'receipt.reversed', 'receipt.dishonoured', 'credit-note.unallocated', 'credit-note.reversed']
  for (const [i, name] of [...news, 'write-off.reversed'].entries()) {
    const answer = await call(`${sources[i]!.headers.location}/${ways[i]}`, { body: {} })
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)
    expect((await checkOpenSums(ctx)).length).toBeGreaterThan(0)

    await deliver(ctx, handler, [name])

    expect(await checkOpenSums(ctx), name).toEqual([])
  }
})
