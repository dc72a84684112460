import type { User } from '../../domain/identity/user/user.ts'
import { addDays, localDate } from '../../domain/kernel/dates.ts'
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
