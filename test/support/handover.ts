import type { User } from '../../domain/identity/user/user.ts'
import type { Context } from '../../domain/kernel/context.ts'
import { getHandover } from '../../domain/parties/handover/read-handover.ts'
import { runHandover } from '../../domain/parties/handover/run-handover.ts'
import { handoverMovers } from '../../functions/handover-movers.ts'
import { handler } from '../../functions/http/identity/index.ts'
import { systemActor, systemContext, tenantContext } from '../../functions/runtime.ts'
import { caller } from './call.ts'
import type { TestTenant } from './tenant.ts'

export const identityAs = (tenant: TestTenant, user: User | undefined) => caller(handler, tenant.id, user)

/** Asks for a handover through the API, as the admin unless told. */
export const handOver = (tenant: TestTenant, leaver: User, body: unknown, as: User = tenant.admin) =>
  identityAs(tenant, as)(`/v1/users/${leaver.id}/handover`, { body })

/** Carries out a handover as its queue does; answers it as it is then. */
export async function carryOut(tenant: TestTenant, id: string, mostSteps = 200, as: (ctx: Context) => Context = (ctx) => ctx) {
  const ctx = as(await tenantContext(tenant.id, systemActor))
  while (!(await runHandover(ctx, systemContext(), id, handoverMovers, mostSteps)));
  return getHandover(await tenant.as(tenant.admin), { id })
}
