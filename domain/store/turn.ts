import { UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { Context } from '../kernel/context.ts'
import { send } from './database.ts'
import { itemKey } from './entity-definition.ts'
import { scattered } from './scattered.ts'
import { unstaged } from './staging.ts'
import { readTally } from './tally.ts'

/**
 * The next turn of those who get something one after the other, from 0: one addition, so that no two callers get the same, however
 * many there are at once. A turn is passed over only where what it was taken for then fails. 1 WRU.
 */
export async function takeTurn(ctx: Context, name: string): Promise<number> {
  const { Attributes } = await send<{ Attributes: { n: number } }>(
    unstaged(ctx),
    new UpdateCommand({
      TableName: ctx.db.table,
      Key: itemKey(ctx, scattered('TURN', [name])),
      UpdateExpression: 'ADD #n :one',
      ExpressionAttributeNames: { '#n': 'n' },
      ExpressionAttributeValues: { ':one': 1 },
      ReturnValues: 'UPDATED_NEW',
    }),
  )
  return Attributes.n - 1
}

/** How many turns were taken so far. */
export async function readTurns(ctx: Context, name: string): Promise<number> {
  const { n = 0 } = await readTally(ctx, scattered('TURN', [name]))
  return n
}
