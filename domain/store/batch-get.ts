import { type AttributeValue, BatchGetItemCommand } from '@aws-sdk/client-dynamodb'
import type { BatchGetCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { beforeParsing } from './before-parsing.ts'
import { itemOfWire, type WireItem } from './wire-item.ts'

interface Key {
  pk: string
  sk: string
}

interface Answer {
  Responses?: Record<string, WireItem[]>
  UnprocessedKeys?: Record<string, { Keys?: Record<string, AttributeValue>[] }>
}

const wireKey = ({ pk, sk }: Key) => ({ pk: { S: pk }, sk: { S: sk } })
const plainKey = ({ pk, sk }: Record<string, AttributeValue>) => ({ pk: pk!.S!, sk: sk!.S! })

/** A BatchGet of the document client on one table, at a third of its cost: a check for duplicates reads forty items. */
export async function batchGetPlain(client: DynamoDBDocumentClient, { input }: BatchGetCommand): Promise<object> {
  const [[table, { Keys = [], ...options }]] = Object.entries(input.RequestItems!) as [[string, { Keys?: Key[] }]]
  const command = new BatchGetItemCommand({ RequestItems: { [table]: { ...options, Keys: Keys.map(wireKey) } } })
  let items: WireItem[] = []
  beforeParsing<Answer>(command, (answer) => {
    items = answer.Responses?.[table] ?? []
    // The meter counts them.
    answer.Responses = { [table]: items.map(() => ({})) }
  })
  const { UnprocessedKeys, ...rest } = (await client.send(command as never)) as Answer
  const unread = UnprocessedKeys?.[table]?.Keys?.map(plainKey)
  return {
    ...rest,
    Responses: { [table]: items.map(itemOfWire) },
    ...(unread ? { UnprocessedKeys: { [table]: { ...options, Keys: unread } } } : {}),
  }
}
