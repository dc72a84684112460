import { UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { Context } from '../kernel/context.ts'
import { send } from './database.ts'
import { tenantKey } from './keys.ts'
import { ttlAttribute } from './table.ts'

const windowSeconds = 60

/**
 * Leases up to `wanted` requests of a tenant's minute. `used` is what all processes have leased by now. One write.
 * The counter may go over the limit by what was asked for in vain; granted is never more than the limit leaves.
 */
export async function leaseRequests(
  ctx: Context,
  window: number,
  wanted: number,
  limit: number,
): Promise<{ granted: number; used: number }> {
  const { Attributes } = await send<{ Attributes?: { used: number } }>(
    ctx,
    new UpdateCommand({
      TableName: ctx.db.table,
      Key: { pk: tenantKey(ctx, ['RATE']), sk: String(window) },
      UpdateExpression: 'ADD #used :wanted SET #ttl = :end',
      ExpressionAttributeNames: { '#used': 'used', '#ttl': ttlAttribute },
      ExpressionAttributeValues: { ':wanted': wanted, ':end': (window + 2) * windowSeconds },
      ReturnValues: 'UPDATED_NEW',
    }),
  )
  const used = Attributes?.used ?? limit
  return { granted: Math.max(0, Math.min(wanted, limit - (used - wanted))), used: Math.min(used, limit) }
}
