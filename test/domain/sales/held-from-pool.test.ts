import { expect, test } from 'vitest'
import { addDays, localDate } from '../../../domain/kernel/dates.ts'
import { logActivity } from '../../../domain/parties/activity/log-activity.ts'
import { createCustomer, getCustomer } from '../../../domain/parties/customer/change-customer.ts'
import { customers } from '../../../domain/parties/customer/customer.table.ts'
import { reclaimCustomers } from '../../../domain/parties/ownership/reclaim-customers.ts'
import { watchCustomers } from '../../../domain/parties/ownership/watch-customers.ts'
import { runningBusiness } from '../../../domain/sales/index.ts'
import { createQuote } from '../../../domain/sales/quote/change-quote.ts'
import { sendQuote } from '../../../domain/sales/quote/send-quote.ts'
import { commit } from '../../../domain/store/commit.ts'
import { systemActor, systemContext, tenantContext } from '../../../functions/runtime.ts'
import { receivableOf } from '../../support/finance.ts'
import { setPoolRules, tenantWithPool } from '../../support/pool.ts'
import { remindersOf } from '../../support/reminders.ts'
import { confirmedOrder, salesAs } from '../../support/sales.ts'

const today = localDate(new Date().toISOString(), 'Asia/Shanghai')
const inDays = (days: number) => addDays(today, days)

/** A rep's customer that the rules take after ten days, without contact unless they say without what. */
async function world(rule: object = { noContactDays: 10 }) {
  const tenant = await tenantWithPool({ warnDays: 3, levels: { small: rule } })
  const rep = await tenant.user('rep')
  const ctx = await tenant.as(rep)
  const customer = await createCustomer(ctx, { name: '明辉贸易', level: 'small' })
  /** `meanwhile` happens between the judgement and the commit. */
  const night = async (days: number, meanwhile = async (): Promise<unknown> => undefined) => {
    const job = await tenantContext(tenant.id, systemActor)
    let isFirst = true
    const read: typeof runningBusiness = async (...args) => {
      const business = await runningBusiness(...args)
      if (isFirst) await meanwhile()
      isFirst = false
      return business
    }
    await reclaimCustomers(job, { tenantId: tenant.id, day: inDays(days), part: 'small' }, read)
    return getCustomer(await tenant.as(tenant.admin), { id: customer.id })
  }
  return { tenant, rep, ctx, customerId: customer.id, night }
}

type World = Awaited<ReturnType<typeof world>> & { draftId: string }

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

test('business that begins between the judgement and the commit keeps the customer: an order, a receivable, a quote that is sent', async () => {
  const begin = [
    async ({ tenant, rep, customerId }: World) => confirmedOrder(tenant, rep, customerId),
    async ({ tenant, customerId }: World) => receivableOf(tenant, tenant.admin, customerId, 100),
    async ({ ctx, draftId }: World) => sendQuote(ctx, { id: draftId, channel: 'paper' }),
  ]
  for (const meanwhile of begin) {
    const one = await world()
    const lines = [{ description: 'x', quantity: '1', unitPrice: '1' }]
    const { id: draftId } = await createQuote(one.ctx, { customerId: one.customerId, validUntil: inDays(60), lines })

    const { ownerId } = await one.night(40, () => meanwhile({ ...one, draftId }))

    expect(ownerId).toBe(one.rep.id)
  }
})

test('without a quote or an order the customer goes by the rule for it, and nothing else that is done keeps it', async () => {
  const { tenant, rep, ctx, customerId, night } = await world({ noQuoteDays: 15, noOrderDays: 10 })
  const order = await confirmedOrder(tenant, rep, customerId)
  await salesAs(tenant, tenant.admin)(`/v1/orders/${order.id}/close`, { body: { reason: 'x' } })
  const admin = await tenant.as(tenant.admin)
  // As if it had been a customer for long, and both had come in on these days.
  const noted = async (deals: object) => {
    const { lastQuotedOn: _q, lastOrderedOn: _o, ...before } = await getCustomer(admin, { id: customerId })
    await commit(admin, [customers.replace(admin, before, { ...before, ownedSince: '2020-01-01T00:00:00.000Z', ...deals })], [])
  }
  await noted({ lastOrderedOn: inDays(-2), lastQuotedOn: inDays(-6) })

  await logActivity(ctx, { customerId, kind: 'call', at: new Date().toISOString(), summary: 'x' })
  const warned = await night(6)
  const reminders = await remindersOf(tenant)
  // One of three days in a row is worked.
  const mails: (string | undefined)[] = []
  for (const days of [6, 7, 8]) mails.push((await reminders.run(`${inDays(days)}T00:00:00Z`)).get(rep.email)?.text)
  const kept = await night(8)
  await noted({ lastOrderedOn: inDays(4), lastQuotedOn: inDays(-6) })
  const ordered = await night(9)
  const taken = await night(10)

  expect(warned.reclaimWarning).toMatchObject({ on: inDays(9), fact: 'order' })
  expect(mails.join()).toContain('如无订单')
  expect([kept.ownerId, ordered.ownerId, taken.ownerId]).toEqual([rep.id, rep.id, undefined])
  expect(taken.pooled?.reason).toBe(`自 ${inDays(-6)} 起 16 个自然日未报价，规则为 15 天`)
})

test('a rule of a new kind puts those that were there before under its watch with the next run', async () => {
  const { tenant, rep, night } = await world()
  await setPoolRules(tenant, { levels: { small: { noContactDays: null, noOrderDays: 10 } } })
  const unwatched = await night(40)

  await watchCustomers(await tenantContext(tenant.id, systemActor, undefined, { enqueue: async () => undefined }), systemContext(), {
    tenantId: tenant.id,
    day: inDays(40),
    part: 'watch',
  })

  expect(unwatched.ownerId).toBe(rep.id)
  expect((await night(40)).ownerId).toBeUndefined()
})

test('a level has a rule or none: one that names nothing is refused, also when the last of its numbers is taken away', async () => {
  const { tenant } = await world({ noQuoteDays: 15, noOrderDays: 10 })
  await setPoolRules(tenant, { levels: { small: { noOrderDays: null } } })

  const empty = await setPoolRules(tenant, { levels: { small: { noQuoteDays: null } } }).catch((problem) => problem)

  expect(empty).toMatchObject({ code: 'pool-rule.empty', more: { errors: [{ pointer: '/poolRules/levels/small' }] } })
})
