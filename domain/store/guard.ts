import { GetCommand } from '@aws-sdk/lib-dynamodb'
import type { Context } from '../kernel/context.ts'
import type { Problem } from '../kernel/errors.ts'
import { send } from './database.ts'
import { type ItemKey, itemKey } from './entity-definition.ts'
import { scattered } from './scattered.ts'
import type { Action } from './write.ts'

/** Where the holder of a unique value stands. */
export const guardKey = (name: string, value: string): ItemKey => scattered('UNQ', [name, value])

/** The id of the record that holds a unique value. */
export async function findGuarded(ctx: Context, name: string, value: string, consistent = false): Promise<string | undefined> {
  const Key = itemKey(ctx, guardKey(name, value))
  const { Item } = await send<{ Item?: { ref: string } }>(ctx, new GetCommand({ TableName: ctx.db.table, Key, ConsistentRead: consistent }))
  return Item?.ref
}

/** Holds a commit to a unique value that nobody has. */
export const holdFree = (ctx: Context, name: string, value: string, onFail: () => Problem): Action => ({
  ...itemKey(ctx, guardKey(name, value)),
  check: true,
  condition: 'attribute_not_exists(pk)',
  onFail,
})
