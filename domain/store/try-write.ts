import { DeleteCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { Context } from '../kernel/context.ts'
import { StaleWrite } from '../kernel/errors.ts'
import { send } from './database.ts'
import { mostTries, pause } from './pause.ts'
import type { Action } from './write.ts'

/** An item as a failed condition shows it: strings and numbers, both as text. */
export type FoundItem = Record<string, string>

export type Tried = { written: true } | { written: false; found: FoundItem | undefined }

/** The body of a DynamoDB action. */
export function parameters(ctx: Context, action: Action) {
  const key = { pk: action.pk, sk: action.sk }
  return {
    TableName: ctx.db.table,
    ...(action.put ? { Item: { ...action.put.Item, ...key } } : { Key: key }),
    ...(action.update ? { UpdateExpression: action.update.UpdateExpression } : {}),
    ...(action.condition ? { ConditionExpression: action.condition, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const } : {}),
    ...(action.names ? { ExpressionAttributeNames: action.names } : {}),
    ...(action.values ? { ExpressionAttributeValues: action.values } : {}),
  }
}

/**
 * Writes one item if its condition holds, without a transaction, which would cost twice the units. When it does not hold,
 * answers the item that stood in the way, so that nobody has to read it. Fails with StaleWrite when transactions of others hold
 * the item all the time.
 */
export async function tryWrite(ctx: Context, action: Action): Promise<Tried> {
  const input = parameters(ctx, action) as never
  for (let attempt = 1; ; attempt++) {
    try {
      await send(ctx, action.put ? new PutCommand(input) : action.delete ? new DeleteCommand(input) : new UpdateCommand(input))
      return { written: true }
    } catch (error) {
      const { name, Item } = error as Error & { Item?: MarshalledItem }
      if (name === 'ConditionalCheckFailedException') return { written: false, found: plain(Item) }
      if (name !== 'TransactionConflictException') throw error
      if (attempt === mostTries) throw new StaleWrite()
      await pause(attempt)
    }
  }
}

export type MarshalledItem = Record<string, { S?: string; N?: string }>

/** The item that stood in the way, of which an error tells as it goes over the wire. */
export const plain = (item: MarshalledItem | undefined): FoundItem | undefined =>
  item && Object.fromEntries(Object.entries(item).flatMap(([name, { S, N }]) => ((S ?? N) === undefined ? [] : [[name, (S ?? N)!]])))
