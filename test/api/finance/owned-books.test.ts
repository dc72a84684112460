import { expect, test } from 'vitest'
import { openOfAll } from '../../../domain/finance/index.ts'
import { handler as rekeyBooks } from '../../../functions/consumers/finance/rekey-books-on-customer-owner-changed.ts'
import { deliver } from '../../support/deliver.ts'
import { firmOwed, shares } from '../../support/finance.ts'
import { partiesAs } from '../../support/parties.ts'

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
