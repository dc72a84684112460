import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import type { PlacedItem } from '../../domain/store/whole-items.ts'

/** Every item of a table that has something in its text, by a Scan: what tests hold against what the product finds by Query. */
export async function itemsWith(table: string, ...texts: string[]): Promise<PlacedItem[]> {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient())
  const found: PlacedItem[] = []
  let ExclusiveStartKey: Record<string, never> | undefined
  do {
    const page = await client.send(new ScanCommand({ TableName: table, ...(ExclusiveStartKey ? { ExclusiveStartKey } : {}) }) as never)
    const { Items = [], LastEvaluatedKey } = page as { Items?: PlacedItem[]; LastEvaluatedKey?: Record<string, never> }
    for (const item of Items) if (texts.some((text) => textOf(item).includes(text))) found.push(item)
    ExclusiveStartKey = LastEvaluatedKey
  } while (ExclusiveStartKey)
  return found
}

/** All that an item says, also what is packed in bytes. */
function textOf(item: unknown): string {
  return JSON.stringify(item, (_name, value) => (value instanceof Uint8Array ? unpacked(value) : value))
}

function unpacked(bytes: Uint8Array): string {
  try {
    return process.getBuiltinModule('node:zlib').gunzipSync(bytes).toString()
  } catch {
    return Buffer.from(bytes).toString()
  }
}
