import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { itemOfWire, type WireItem, wireOfItem } from './wire-item.ts'

type Members = Record<string, unknown>

/** A command of the document library holds that of the client: what is sent, with the values as the wire wants them. */
interface DocumentCommand {
  input: Members
  clientCommand?: { input: Members }
}

const itemsIn = new Set(['Key', 'Item', 'ExpressionAttributeValues', 'ExclusiveStartKey'])
const itemsOut = new Set(['Item', 'Attributes', 'LastEvaluatedKey'])

function each(members: object, change: (value: never, name: string) => unknown): Members {
  const changed: Members = {}
  for (const [name, value] of Object.entries(members)) changed[name] = change(value as never, name)
  return changed
}

const keys = (read: { Keys?: object[] }, change: (key: never) => object) => ({
  ...read,
  Keys: read.Keys?.map((key) => change(key as never)),
})

function wireInput(input: Members): Members {
  return each(input, (value: unknown, name) => {
    if (value === undefined) return undefined
    if (itemsIn.has(name)) return wireOfItem(value as object)
    if (name === 'TransactItems') return (value as object[]).map((action) => each(action, wireInput))
    return name === 'RequestItems' ? each(value as object, (read: object) => keys(read, wireOfItem)) : value
  })
}

function plainAnswer(answer: Members): Members {
  return each(answer, (value: unknown, name) => {
    if (itemsOut.has(name)) return itemOfWire(value as WireItem)
    if (name === 'Items') return (value as WireItem[]).map(itemOfWire)
    if (name === 'Responses') return each(value as object, (items: WireItem[]) => items.map(itemOfWire))
    return name === 'UnprocessedKeys' ? each(value as object, (read: object) => keys(read, itemOfWire)) : value
  })
}

/** Sends a command of the document library with plain values and answers plain values; one of the client goes and comes as on the wire. */
export async function sendPlain(client: DynamoDBClient, command: unknown): Promise<unknown> {
  const { input, clientCommand } = command as DocumentCommand
  if (!clientCommand) return client.send(command as never)
  clientCommand.input = wireInput(input)
  return plainAnswer((await client.send(clientCommand as never)) as object as Members)
}
