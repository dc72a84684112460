import { checkBooks } from '../../domain/finance/index.ts'
import type { User } from '../../domain/identity/user/user.ts'
import { handler } from '../../functions/http/finance/index.ts'
import { caller } from './call.ts'
import { customerOf } from './parties.ts'
import { newTenant, type TestTenant } from './tenant.ts'

/** Calls the finance API as that user. */
export const financeAs = (tenant: TestTenant, user: User | undefined) => caller(handler, tenant.id, user)

export const cny = (amount: string | number) => ({ amount: Number(amount).toFixed(2), currency: 'CNY' })

/** A receivable entered by hand, made through the API. */
export async function receivableOf(
  tenant: TestTenant,
  user: User,
  customerId: string,
  amount: string | number,
  more: Record<string, unknown> = {},
) {
  const body = { customerId, issuedOn: '2026-01-01', dueOn: '2026-01-31', amount: cny(amount), ...more }
  const answer = await financeAs(tenant, user)('/v1/receivables', { body })
  if (answer.status !== 201) throw new Error(`creating a receivable answered ${answer.status}: ${JSON.stringify(answer.body)}`)
  return answer.body as { id: string; number: string; version: number }
}

/** A firm with a customer who owes so much in each of some receivables, due a day after another; and calls as its bookkeeper. */
export async function firmOwed(amounts: (string | number)[], settings: Record<string, unknown> = {}) {
  const tenant = await newTenant(settings)
  const finance = await tenant.user('finance')
  const call = financeAs(tenant, finance)
  const customer = await customerOf(tenant, tenant.admin)
  const owed = []
  for (const [i, amount] of amounts.entries())
    owed.push(await receivableOf(tenant, finance, customer.id, amount, { number: `R${i}`, dueOn: `2026-01-${String(10 + i)}` }))
  const ctx = await tenant.as(tenant.admin)
  const receive = (amount: string | number, more: Record<string, unknown> = {}) =>
    call('/v1/receipts', { body: { customerId: customer.id, receivedOn: '2026-02-01', amount: cny(amount), method: 'bank', ...more } })
  const outstanding = async () =>
    (await call(`/v1/customers/${customer.id}/receivables`)).body.data.map(
      (row: { outstanding: { amount: string } }) => row.outstanding.amount,
    )
  const credit = async () => (await call(`/v1/customers/${customer.id}/credit`)).body
  return { tenant, ctx, call, customer, owed, receive, outstanding, credit, faults: () => checkBooks(ctx) }
}

/** Allocations of so much to each of the receivables. */
export const shares = (...parts: [{ id: string }, string | number, (string | undefined)?][]) =>
  parts.map(([{ id }, amount, allocatedOn]) => ({ receivableId: id, amount: cny(amount), ...(allocatedOn ? { allocatedOn } : {}) }))
