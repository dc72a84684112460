import { expect, test } from 'vitest'
import { addDays, localDate } from '../../../domain/kernel/dates.ts'
import { createCustomer, getCustomer } from '../../../domain/parties/customer/change-customer.ts'
import { reclaimCustomers } from '../../../domain/parties/ownership/reclaim-customers.ts'
import { hasRunningBusiness } from '../../../domain/sales/index.ts'
import { createQuote } from '../../../domain/sales/quote/change-quote.ts'
import { sendQuote } from '../../../domain/sales/quote/send-quote.ts'
import { systemActor, tenantContext } from '../../../functions/runtime.ts'
import { tenantWithPool } from '../../support/pool.ts'
import { confirmedOrder } from '../../support/sales.ts'

const today = localDate(new Date().toISOString(), 'Asia/Shanghai')
const inDays = (days: number) => addDays(today, days)

/** A rep's customer that the rules take after ten days without contact. */
async function world() {
  const tenant = await tenantWithPool({ warnDays: 3, levels: { small: { noContactDays: 10 } } })
  const rep = await tenant.user('rep')
  const ctx = await tenant.as(rep)
  const customer = await createCustomer(ctx, { name: '明辉贸易', level: 'small' })
  const night = async (days: number) => {
    const job = await tenantContext(tenant.id, systemActor)
    await reclaimCustomers(job, { tenantId: tenant.id, day: inDays(days), part: 'small' }, hasRunningBusiness)
    return getCustomer(await tenant.as(tenant.admin), { id: customer.id })
  }
  return { tenant, rep, ctx, customerId: customer.id, night }
}

test('a customer with a sent quote is neither warned of nor taken before the quote has expired', async () => {
  const { ctx, customerId, night } = await world()
  const { id } = await createQuote(ctx, {
    customerId,
    validUntil: inDays(20),
    lines: [{ description: 'x', quantity: '1', unitPrice: '1' }],
  })
  const draft = await night(9)
  await sendQuote(ctx, { id, channel: 'paper' })

  const spared = await night(15)
  const lastDay = await night(20)
  const taken = await night(21)

  expect(draft.reclaimWarning).toBeDefined()
  expect([spared.ownerId, spared.reclaimWarning, lastDay.reclaimWarning]).toEqual([draft.ownerId, undefined, undefined])
  expect(taken.ownerId).toBeUndefined()
})

test('a customer with an open order stays with its owner', async () => {
  const { tenant, rep, customerId, night } = await world()
  await confirmedOrder(tenant, rep, customerId)

  expect((await night(40)).ownerId).toBe(rep.id)
})
