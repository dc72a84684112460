import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openOfAll } from '../../../domain/finance/index.ts'
import { handler as rekeyBooks } from '../../../functions/consumers/finance/rekey-books-on-customer-owner-changed.ts'
import { deliver } from '../../support/deliver.ts'
import { cny, firmOwed, shares } from '../../support/finance.ts'
import { partiesAs } from '../../support/parties.ts'

test('of receipts against one receivable at the same moment never more is settled than is owed, and the sums are exact', async () => {
  const parts = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 2, maxLength: 12 })
  await fc.assert(
    fc.asyncProperty(parts, async (amounts) => {
      const { owed, receive, outstanding, credit, faults } = await firmOwed([100])

      const answers = await Promise.all(amounts.map((amount) => receive(amount, { allocations: shares([owed[0]!, amount]) })))

      const settled = amounts.filter((_, i) => answers[i]!.status === 201).reduce((sum, amount) => sum + amount, 0)
      expect(settled).toBeLessThanOrEqual(100)
      expect(answers.map(({ status }) => status).filter((status) => status !== 201 && status !== 409)).toEqual([])
      expect(await outstanding()).toEqual([(100 - settled).toFixed(2)])
      expect((await credit()).receivable).toEqual(cny(100 - settled))
      expect(await faults()).toEqual([])
    }),
    { numRuns: 4 },
  )
}, 60_000)

test('the books of a customer go with it to its new owner', async () => {
  const { tenant, ctx, call, customer, owed, receive, faults } = await firmOwed([100, 50])
  await receive(120, { allocations: shares([owed[0]!, 100]) })
  const rep = await tenant.user('rep')
  await partiesAs(tenant, tenant.admin)(`/v1/customers/${customer.id}`, { method: 'PATCH', body: { ownerId: rep.id } })

  await deliver(ctx, rekeyBooks, ['customer.owner-changed'])

  const owners = async (path: string) => (await call(path)).body.data.map((row: { ownerId: string }) => row.ownerId)
  expect(await owners(`/v1/receivables?filter[ownerId]=${rep.id}`)).toEqual([rep.id, rep.id])
  expect(await owners(`/v1/receipts?filter[ownerId]=${rep.id}`)).toEqual([rep.id])
  expect((await openOfAll(ctx)).map(({ ownerId }) => ownerId)).toEqual([rep.id, rep.id])
  expect(await faults()).toEqual([])
})
