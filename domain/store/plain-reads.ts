import { GetItemCommand, QueryCommand as QueryItemsCommand } from '@aws-sdk/client-dynamodb'
import { BatchGetCommand, type DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb'
import { marshall } from '@aws-sdk/util-dynamodb'
import { batchGetPlain } from './batch-get.ts'
import { beforeParsing } from './before-parsing.ts'
import { itemOfWire, type WireItem } from './wire-item.ts'

async function getPlain(client: DynamoDBDocumentClient, { input }: GetCommand): Promise<object> {
  const command = new GetItemCommand({ ...input, Key: marshall(input.Key!) })
  let item: WireItem | undefined
  beforeParsing<{ Item?: WireItem }>(command, (answer) => {
    item = answer.Item
    // The meter counts it.
    if (item) answer.Item = {}
  })
  const answer = (await client.send(command as never)) as object
  return item ? { ...answer, Item: itemOfWire(item) } : answer
}

async function queryPlain(client: DynamoDBDocumentClient, { input }: QueryCommand): Promise<object> {
  const { ExpressionAttributeValues: values, ExclusiveStartKey: start, ...rest } = input
  const command = new QueryItemsCommand({
    ...(rest as object),
    TableName: input.TableName,
    ...(values ? { ExpressionAttributeValues: marshall(values) } : {}),
    ...(start ? { ExclusiveStartKey: marshall(start) } : {}),
  })
  let items: WireItem[] = []
  let last: WireItem | undefined
  beforeParsing<{ Items?: WireItem[]; LastEvaluatedKey?: WireItem }>(command, (answer) => {
    items = answer.Items ?? []
    last = answer.LastEvaluatedKey
    delete answer.Items
    delete answer.LastEvaluatedKey
  })
  const answer = (await client.send(command as never)) as object
  return { ...answer, Items: items.map(itemOfWire), ...(last ? { LastEvaluatedKey: itemOfWire(last) } : {}) }
}

/** Sends a command of the document client; what reads items by key or range makes their objects at a third of its cost. */
export function sendPlain(client: DynamoDBDocumentClient, command: unknown): Promise<unknown> {
  if (command instanceof BatchGetCommand) return batchGetPlain(client, command)
  if (command instanceof GetCommand) return getPlain(client, command)
  return command instanceof QueryCommand ? queryPlain(client, command) : client.send(command as never)
}
