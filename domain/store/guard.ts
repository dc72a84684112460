import { GetCommand } from '@aws-sdk/lib-dynamodb'
import type { Context } from '../kernel/context.ts'
import { send } from './database.ts'
import { tenantKey } from './keys.ts'

/** The id of the record that holds a unique value. */
export async function findGuarded(ctx: Context, name: string, value: string, consistent = false): Promise<string | undefined> {
  const Key = { pk: tenantKey(ctx, ['UNQ', name, value]), sk: 'UNQ' }
  const { Item } = await send<{ Item?: { ref: string } }>(ctx, new GetCommand({ TableName: ctx.db.table, Key, ConsistentRead: consistent }))
  return Item?.ref
}
