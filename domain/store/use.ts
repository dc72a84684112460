import { UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { Context } from '../kernel/context.ts'
import { send } from './database.ts'
import { itemKey } from './entity-definition.ts'
import { scattered } from './scattered.ts'
import { ttlAttribute } from './table.ts'

interface Use {
  name: string
  /** Who uses it. */
  of: string
  /** When, in milliseconds. */
  at: number
}

const windowMilliseconds = 10 * 60 * 1000
const dayMilliseconds = 24 * 60 * 60 * 1000
const keptSeconds = 30 * 24 * 60 * 60

/** Counts one use of something that is watched; answers how often it was used in these ten minutes and on this day (UTC). 1 WRU. */
export async function countUse(ctx: Context, { name, of, at }: Use): Promise<{ window: number; day: number }> {
  const day = new Date(at).toISOString().slice(0, 10)
  const window = `w${Math.floor((at % dayMilliseconds) / windowMilliseconds)}`
  const { Attributes } = await send<{ Attributes?: Record<string, number> }>(
    ctx,
    new UpdateCommand({
      TableName: ctx.db.table,
      Key: itemKey(ctx, scattered('USE', [name, of, day])),
      UpdateExpression: 'ADD #day :one, #window :one SET #ttl = :end',
      ExpressionAttributeNames: { '#day': 'day', '#window': window, '#ttl': ttlAttribute },
      ExpressionAttributeValues: { ':one': 1, ':end': Math.floor(at / 1000) + keptSeconds },
      ReturnValues: 'UPDATED_NEW',
    }),
  )
  return { window: Attributes?.[window] ?? 0, day: Attributes?.day ?? 0 }
}
