import { BatchWriteItemCommand, GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb'
import type { Context, SystemContext } from '../kernel/context.ts'
import { send } from './database.ts'
import { pause } from './pause.ts'
import type { WireItem } from './wire-item.ts'

/** Items as the table holds them, with nothing left out and nothing made of them: for copies, and for what goes through everything. */
export interface PlacedItem extends WireItem {
  pk: { S: string }
  sk: { S: string }
}

/** All items of a partition by its whole key, read consistently, in pages of up to 1 MB. */
export async function* pagesOf(ctx: Context, partition: string): AsyncGenerator<PlacedItem[]> {
  let after: object | undefined
  do {
    const command = new QueryCommand({
      TableName: ctx.db.table,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: partition } },
      ConsistentRead: true,
      ...(after ? { ExclusiveStartKey: after as never } : {}),
    })
    const { Items = [], LastEvaluatedKey } = await send<{ Items?: PlacedItem[]; LastEvaluatedKey?: object }>(ctx, command)
    if (Items.length > 0) yield Items
    after = LastEvaluatedKey
  } while (after)
}

/** One item by its whole key, read consistently. */
export async function wholeItem(ctx: Context | SystemContext, Key: Pick<PlacedItem, 'pk' | 'sk'>): Promise<PlacedItem | undefined> {
  const command = new GetItemCommand({ TableName: ctx.db.table, Key: { pk: Key.pk, sk: Key.sk }, ConsistentRead: true })
  return (await send<{ Item?: PlacedItem }>(ctx, command)).Item
}

type ItemWrite = { PutRequest: { Item: PlacedItem } } | { DeleteRequest: { Key: Pick<PlacedItem, 'pk' | 'sk'> } }

export const putting = (Item: PlacedItem): ItemWrite => ({ PutRequest: { Item } })
export const deleting = ({ pk, sk }: PlacedItem): ItemWrite => ({ DeleteRequest: { Key: { pk, sk } } })

/** What DynamoDB takes in one call. */
const mostWrites = 25

/** Writes items without conditions, no two of them the same, 25 to a call; what the table has no room for at once is sent again. 1 WRU per KB. */
export async function writeItems(ctx: Context | SystemContext, writes: readonly ItemWrite[]): Promise<void> {
  for (let i = 0; i < writes.length; i += mostWrites) {
    let rest: unknown[] = writes.slice(i, i + mostWrites)
    for (let attempt = 1; rest.length > 0; attempt++) {
      const command = new BatchWriteItemCommand({ RequestItems: { [ctx.db.table]: rest as never } })
      const { UnprocessedItems } = await send<{ UnprocessedItems?: Record<string, unknown[]> }>(ctx, command)
      rest = UnprocessedItems?.[ctx.db.table] ?? []
      if (rest.length > 0) await pause(attempt)
    }
  }
}
