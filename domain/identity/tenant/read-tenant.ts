import { GetCommand } from '@aws-sdk/lib-dynamodb'
import type { Context } from '../../kernel/context.ts'
import { notFound } from '../../kernel/errors.ts'
import { send } from '../../store/database.ts'
import { recordOf } from '../../store/entity.ts'
import { itemKey } from '../../store/entity-definition.ts'
import { tenants } from './tenant.table.ts'
import type { Tenant } from './tenant.ts'

const keptMilliseconds = 30_000
const kept = new Map<string, { until: number; tenant: Tenant }>()

/** Has the next request of this process read the settings again. */
export const forgetTenant = (tenantId: string): void => {
  kept.delete(tenantId)
}

/** The tenant of the context, read consistently; undefined when there is none. */
export async function findTenant(ctx: Context): Promise<Tenant | undefined> {
  const Key = itemKey(ctx, tenants.key(ctx.tenant.id))
  const { Item } = await send<{ Item?: Record<string, unknown> }>(
    ctx,
    new GetCommand({ TableName: ctx.db.table, Key, ConsistentRead: true }),
  )
  return Item ? recordOf(tenants, Item) : undefined
}

/** The tenant and its settings, as its own answer. */
export const currentTenant = async (ctx: Context): Promise<Tenant> => {
  const tenant = await findTenant(ctx)
  if (!tenant) throw notFound('tenant')
  return tenant
}

/** The tenant and its settings; at most 30 seconds old when another process changed them. */
export async function readTenant(ctx: Context): Promise<Tenant> {
  const known = kept.get(ctx.tenant.id)
  if (known && known.until > Date.now()) return known.tenant
  const tenant = await currentTenant(ctx)
  kept.set(ctx.tenant.id, { until: Date.now() + keptMilliseconds, tenant })
  return tenant
}
