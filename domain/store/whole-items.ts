import { BatchWriteItemCommand, GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb'
import type { Context, SystemContext } from '../kernel/context.ts'
import { beforeParsing } from './before-parsing.ts'
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
    let items: PlacedItem[] = []
    beforeParsing<{ Items?: PlacedItem[] }>(command, (answer) => {
      items = answer.Items ?? []
      delete answer.Items
    })
    const answer = await send<{ LastEvaluatedKey?: object }>(ctx, command)
    if (items.length > 0) yield items
    after = answer.LastEvaluatedKey
  } while (after)
}

/** One item by its whole key, read consistently. */
export async function wholeItem(ctx: Context | SystemContext, Key: Pick<PlacedItem, 'pk' | 'sk'>): Promise<PlacedItem | undefined> {
  const command = new GetItemCommand({ TableName: ctx.db.table, Key: { pk: Key.pk, sk: Key.sk }, ConsistentRead: true })
  let item: PlacedItem | undefined
  beforeParsing<{ Item?: PlacedItem }>(command, (answer) => {
    item = answer.Item
    delete answer.Item
  })
  await send(ctx, command)
  return item
}

export type ItemWrite = { PutRequest: { Item: PlacedItem } } | { DeleteRequest: { Key: Pick<PlacedItem, 'pk' | 'sk'> } }

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
