import { expect, test } from 'vitest'
import { changeCredit } from '../../../domain/finance/credit/credit-item.ts'
import { raiseExposure } from '../../../domain/finance/index.ts'
import { changeTenant } from '../../../domain/identity/tenant/change-tenant.ts'
import type { User } from '../../../domain/identity/user/user.ts'
import type { Context } from '../../../domain/kernel/context.ts'
import { newId } from '../../../domain/kernel/ids.ts'
import { type Customer, creditKey, customers } from '../../../domain/parties/index.ts'
import { commit, retryStale } from '../../../domain/store/commit.ts'
import { get } from '../../../domain/store/read.ts'
import { readTally } from '../../../domain/store/tally.ts'
import { cny, financeAs, receivableOf } from '../../support/finance.ts'
import { firmName } from '../../support/firm-names.ts'
import { expectRefused } from '../../support/nothing-written.ts'
import { customerOf, day, partiesAs } from '../../support/parties.ts'
import { newTenant, type TestTenant } from '../../support/tenant.ts'

async function firm(settings: Record<string, unknown> = {}, limit: string | null = '1000.00') {
  const tenant = await newTenant(settings)
  const ctx = await tenant.as(tenant.admin)
  const { id } = await customerOf(tenant, tenant.admin, limit === null ? {} : { creditLimit: cny(limit) })
  const customer = (await get(ctx, customers, id, { consistent: true })) as Customer
  return { tenant, ctx, customer, credit: () => creditOf(tenant, id) }
}

const creditOf = async (tenant: TestTenant, id: string) => (await financeAs(tenant, tenant.admin)(`/v1/customers/${id}/credit`)).body
const orderOf = (customer: Customer) => newId('ord', new Date().toISOString(), customer.id)

/** As an order's confirmation does it. */
async function raise(ctx: Context, customer: Customer, of: string, by: number, policy: 'check' | 'report' | 'skip' = 'check') {
  return retryStale(async () => {
    const { writes, verdict } = await raiseExposure(ctx, { customer, of, by, policy })
    if (writes.length > 0) await commit(ctx, writes as never, [])
    return verdict
  })
}

test('a confirmed order raises the exposure, a cancelled one gives it back', async () => {
  const { ctx, customer, credit } = await firm()
  const order = orderOf(customer)

  const verdict = await raise(ctx, customer, order, 60_000)
  const confirmed = await credit()
  await raise(ctx, customer, order, -60_000)

  expect(verdict).toEqual({ limit: 100_000, exposure: 60_000, available: 40_000, blocked: false, flags: [] })
  expect(confirmed).toMatchObject({ limit: cny(1000), exposure: cny(600), available: cny(400), ordered: cny(600), flags: [] })
  expect(await credit()).toMatchObject({ exposure: cny(0), available: cny(1000), overdue: { amount: cny(0), count: 0, oldestDays: 0 } })
})

test('by policy an order over the limit is only said, or waits: then nothing is raised', async () => {
  const warned = await firm({ creditPolicy: 'warn' })
  const blocked = await firm({ creditPolicy: 'block' })
  const over = (of: typeof warned, policy: 'check' | 'report' | 'skip' = 'check') =>
    raise(of.ctx, of.customer, orderOf(of.customer), 100_001, policy)

  expect(await over(warned)).toMatchObject({ blocked: false, available: -1, flags: ['over-limit'] })
  expect(await warned.credit()).toMatchObject({ available: cny('-0.01'), flags: ['over-limit'] })
  expect(await over(blocked)).toMatchObject({ blocked: true, flags: ['over-limit'] })
  expect(await blocked.credit()).toMatchObject({ exposure: cny(0) })
  expect(await over(blocked, 'report')).toMatchObject({ blocked: false, flags: ['over-limit'] })
  expect(await over(blocked, 'skip')).toMatchObject({ blocked: false, limit: null, flags: [] })
})

test('without an own limit the firm has one, 0 is cash only, and without any nothing is checked', async () => {
  const byFirm = await firm({ creditPolicy: 'block', creditLimit: cny(10) }, null)
  const cash = await firm({ creditPolicy: 'block', creditLimit: cny(10) }, '0')
  const free = await firm({ creditPolicy: 'block' }, null)
  const raised = ({ ctx, customer }: typeof free, by: number) => raise(ctx, customer, orderOf(customer), by)

  expect(await raised(byFirm, 1000)).toMatchObject({ blocked: false, limit: 1000 })
  expect(await raised(byFirm, 1)).toMatchObject({ blocked: true })
  expect(await raised(cash, 1)).toMatchObject({ blocked: true, limit: 0 })
  expect(await raised(free, 1e12)).toMatchObject({ blocked: false, limit: null, available: null })
  expect(await free.credit()).toMatchObject({ limit: null, available: null, flags: [] })
})

test('an acceptance bill counts until the day it matures', async () => {
  const { ctx, customer, credit } = await firm()
  const taken = (dueOn: string, by: number) => changeCredit(customer.id, { bill: { dueOn, by } })

  await commit(ctx, [taken(day(), 10_000), taken(day(1), 20_000)], [])
  const held = await credit()
  const verdict = await raise(ctx, customer, orderOf(customer), 80_000)

  expect(held).toMatchObject({ exposure: cny(200), bills: cny(200), available: cny(800) })
  expect(verdict).toMatchObject({ exposure: 100_000, available: 0, flags: [] })
})

test('of many orders at the same moment never more are confirmed than the limit takes', async () => {
  const { ctx, customer, credit } = await firm({ creditPolicy: 'block' })

  const verdicts = await Promise.all(Array.from({ length: 10 }, () => raise(ctx, customer, orderOf(customer), 15_000)))

  expect(verdicts.filter(({ blocked }) => !blocked)).toHaveLength(6)
  expect(await credit()).toMatchObject({ exposure: cny(900), ordered: cny(900) })
  expect(await readTally(ctx, creditKey(customer.id))).toMatchObject({ exposure: 90_000, ordered: 90_000 })
})

test('the settings of the books are checked: nothing closed ahead, amounts in the currency of the firm', async () => {
  const tenant = await newTenant()
  const ctx = await tenant.as(tenant.admin)
  const change = (changes: Record<string, unknown>) => changeTenant(ctx, { changes }).catch((problem) => problem.code)

  expect(await change({ closedThrough: day(1) })).toBe('period.in-future')
  expect(await change({ tolerance: { amount: '1.00', currency: 'USD' } })).toBe('money.currency-mismatch')
  expect(await change({ closedThrough: day(-1), tolerance: cny(1), creditPolicy: 'block', creditLimit: cny(5) })).toMatchObject({
    closedThrough: day(-1),
    creditPolicy: 'block',
  })
})

test('limits are in the currency of the firm: another one is refused, at its place', async () => {
  const tenant = await newTenant()
  const { id } = await customerOf(tenant, tenant.admin)
  const parties = partiesAs(tenant, tenant.admin)
  const usd = { amount: '5.00', currency: 'USD' }

  const created = () => parties('/v1/customers', { body: { name: firmName(), creditLimit: usd } })
  const changed = () => parties(`/v1/customers/${id}`, { method: 'PATCH', body: { overdueLimit: usd } })

  await expectRefused(created, 422, 'money.currency-mismatch', '/creditLimit/currency')
  await expectRefused(changed, 422, 'money.currency-mismatch', '/overdueLimit/currency')
})

test('a viewer sees neither the limits of customers nor the books of those in the pool; who keeps the books sees both', async () => {
  const { tenant, customer, ctx } = await firm()
  await raise(ctx, customer, orderOf(customer), 100_001)
  const pooled = await customerOf(tenant, tenant.admin, { ownerId: null })
  const [viewer, bookkeeper] = [await tenant.user('viewer'), await tenant.user('finance')]
  await receivableOf(tenant, bookkeeper, pooled.id, 5)
  const see = async (user: User, id: string) => financeAs(tenant, user)(`/v1/customers/${id}/credit`)
  const rows = async (user: User) => (await financeAs(tenant, user)('/v1/receivables')).body.data.length

  expect((await see(viewer, customer.id)).body).toMatchObject({ limit: null, available: null, exposure: cny(1000.01), flags: [] })
  expect(await see(viewer, pooled.id)).toMatchObject({ status: 403, body: { code: 'customer.not-claimed' } })
  expect(await rows(viewer)).toBe(0)
  expect((await see(bookkeeper, customer.id)).body).toMatchObject({ limit: cny(1000), flags: ['over-limit'] })
  expect((await see(bookkeeper, pooled.id)).status).toBe(200)
  expect(await rows(bookkeeper)).toBe(1)
})
