import { gunzipSync } from 'node:zlib'
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb'
import type { PlacedItem } from '../../domain/store/whole-items.ts'
import { wired } from '../../domain/store/wire-client.ts'

/**
 * Every item of a table that has something in its text, by a Scan: what tests hold against what the product finds by Query. The
 * others are sorted out as they come over the wire: the table is that of all tests.
 */
export async function itemsWith(table: string, ...texts: string[]): Promise<PlacedItem[]> {
  const client = wired(new DynamoDBClient())
  const found: PlacedItem[] = []
  let after: Record<string, never> | undefined
  do {
    const command = new ScanCommand({ TableName: table, ...(after ? { ExclusiveStartKey: after } : {}) })
    const { Items = [], LastEvaluatedKey } = await client.send(command)
    found.push(...(Items as unknown as PlacedItem[]).filter((item) => isAmong(texts, textOf(item))))
    after = LastEvaluatedKey as typeof after
  } while (after)
  client.destroy()
  return found
}

const isAmong = (texts: readonly string[], text: string) => texts.some((one) => text.includes(one))

/** All that an item says, also what is packed in bytes. */
const textOf = (item: object): string =>
  JSON.stringify(item).replaceAll(/"B":"([^"]*)"/g, (_, bytes: string) => unpacked(Buffer.from(bytes, 'base64')))

function unpacked(bytes: Buffer): string {
  try {
    return gunzipSync(bytes).toString()
  } catch {
    return bytes.toString()
  }
}
