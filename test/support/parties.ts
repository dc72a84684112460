import type { User } from '../../domain/identity/user/user.ts'
import { chunksOf } from '../../domain/kernel/chunks.ts'
import type { Context } from '../../domain/kernel/context.ts'
import { addDays, localDate } from '../../domain/kernel/dates.ts'
import { customers } from '../../domain/parties/customer/customer.table.ts'
import type { Customer } from '../../domain/parties/customer/customer.ts'
import { commit } from '../../domain/store/commit.ts'
import { newRecord } from '../../domain/store/record.ts'
import type { Write } from '../../domain/store/write.ts'
import { handler } from '../../functions/http/parties/index.ts'
import { caller } from './call.ts'
import { firmName } from './firm-names.ts'
import type { TestTenant } from './tenant.ts'

/** Calls the parties API as that user. */
export const partiesAs = (tenant: TestTenant, user: User | undefined) => caller(handler, tenant.id, user)

/** Today in the zone of test tenants. */
export const day = (offset = 0): string => addDays(localDate(new Date().toISOString(), 'Asia/Shanghai'), offset)

/** A moment some minutes ago. */
export const ago = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString()

/** A customer of that user, made through the API. */
export async function customerOf(
  tenant: TestTenant,
  user: User,
  more: Record<string, unknown> = {},
): Promise<{ id: string; name: string; ownerId: string }> {
  const { status, body } = await partiesAs(tenant, user)('/v1/customers', { body: { name: firmName(), ...more } })
  if (status !== 201) throw new Error(`creating a customer answered ${status}: ${JSON.stringify(body)}`)
  return body
}

/** Many customers like one, as they stand in the table, several to a transaction: no check has seen them for duplicates. */
export async function manyCustomers(ctx: Context, like: Customer, count: number): Promise<string[]> {
  const { foundBy: _keys, ...bare } = like
  const all = Array.from({ length: count }, () => ({ ...bare, ...newRecord(ctx, 'cus'), name: firmName() }))
  for (const some of chunksOf(all, 15)) await commit(ctx, some.map((one) => customers.create(one)) as [Write<Customer>], [])
  return all.map(({ id }) => id)
}
