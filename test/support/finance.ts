import type { User } from '../../domain/identity/user/user.ts'
import { handler } from '../../functions/http/finance/index.ts'
import { caller } from './call.ts'
import type { TestTenant } from './tenant.ts'

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
