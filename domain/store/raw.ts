import { QueryCommand } from '@aws-sdk/client-dynamodb'
import type { Context } from '../kernel/context.ts'
import { send } from './database.ts'
import { type KeyParts, tenantKey } from './keys.ts'

/** An item as it comes over the wire: strings, and numbers as text. */
export type RawItem = Record<string, { S?: string; N?: string }>

/** All small items of a partition, or of a range of it, in pages of up to 1 MB; of each only the attributes named. The reading ends when `take` throws. */
export async function readRaw<T = RawItem>(
  ctx: Context,
  partition: KeyParts,
  attributes: readonly string[],
  take: (page: T[]) => void,
  range?: { from: string; to: string },
): Promise<void> {
  let after: Record<string, { S: string }> | undefined
  do {
    const names = Object.fromEntries(attributes.map((name, i) => [`#a${i}`, name]))
    const command = new QueryCommand({
      TableName: ctx.db.table,
      KeyConditionExpression: range ? '#pk = :pk AND #sk BETWEEN :from AND :to' : '#pk = :pk',
      ProjectionExpression: Object.keys(names).join(', '),
      ExpressionAttributeNames: { '#pk': 'pk', ...(range ? { '#sk': 'sk' } : {}), ...names },
      ExpressionAttributeValues: {
        ':pk': { S: tenantKey(ctx, partition) },
        ...(range ? { ':from': { S: range.from }, ':to': { S: range.to } } : {}),
      },
      ExclusiveStartKey: after,
    })
    const { Items = [], LastEvaluatedKey } = await send<{ Items?: T[]; LastEvaluatedKey?: typeof after }>(ctx, command)
    after = LastEvaluatedKey
    take(Items)
  } while (after)
}

/** The item with its values as they are in a program. */
export function plainItem(raw: RawItem): Record<string, string | number> {
  const item: Record<string, string | number> = {}
  for (const name of Object.keys(raw)) {
    const { S, N } = raw[name]!
    if (S !== undefined) item[name] = S
    else if (N !== undefined) item[name] = Number(N)
  }
  return item
}
