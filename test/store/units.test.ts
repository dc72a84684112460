import { randomUUID } from 'node:crypto'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import {
  BatchGetCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb'
import { describe, expect, test } from 'vitest'
import type { Item } from '../../domain/store/item.ts'
import { itemBytes } from '../../domain/store/item-bytes.ts'
import { readUnits, writeUnits } from '../support/capacity-units.ts'
import { isSecondEngine } from '../support/engine.ts'

const client = DynamoDBDocumentClient.from(new DynamoDBClient())
const table = () => ({ TableName: process.env.TABLE_NAME!, ReturnConsumedCapacity: 'TOTAL' as const })
const partition = () => `units-${randomUUID()}`
const text = (bytes: number) => 'x'.repeat(bytes)
const unitsOf = (answer: { ConsumedCapacity?: { CapacityUnits?: number } | { CapacityUnits?: number }[] }): number =>
  [answer.ConsumedCapacity ?? []].flat().reduce((sum, part) => sum + (part.CapacityUnits ?? 0), 0)

const put = async (item: Item) => unitsOf(await client.send(new PutCommand({ ...table(), Item: item })))
const remove = async ({ pk, sk }: Item) => unitsOf(await client.send(new DeleteCommand({ ...table(), Key: { pk, sk } })))

/** An item in both indexes. */
const indexed = (pk: string, body: number, more: Item = {}): Item => ({
  pk,
  sk: 'A',
  gsi1pk: 'units',
  gsi1sk: 'one',
  gsi2pk: 'units',
  gsi2sk: 'two',
  body: text(body),
  ...more,
})

describe('computed capacity units equal what DynamoDB consumed', () => {
  const changes: [string, Item | undefined, Item | undefined][] = [
    ['a new item without index entries', undefined, { body: text(100) }],
    ['a new item of just 1 KB', undefined, { body: text(1024 - 2 - partition().length - 3 - 4) }],
    ['a new item in both indexes', undefined, indexed('', 1500)],
    ['an item written again without a change', indexed('', 50), indexed('', 50)],
    ['an item that shrinks', indexed('', 2500), indexed('', 100)],
    ['an item that grows', indexed('', 100), indexed('', 2500)],
    ['a changed field that is no key', indexed('', 50), indexed('', 50, { level: 'small' })],
    ['an entry that moves within its index', indexed('', 50), indexed('', 50, { gsi2sk: 'three' })],
    ['an entry that leaves its index', indexed('', 1200), indexed('', 1200, { gsi2pk: undefined, gsi2sk: undefined })],
    ['a deleted item in both indexes', indexed('', 1200), undefined],
    ['a delete of what is not there', undefined, undefined],
  ]

  test.each(changes)('%s', async (_, before, after) => {
    const pk = partition()
    const at = (item: Item | undefined): Item | undefined =>
      item && Object.fromEntries(Object.entries({ ...item, pk, sk: 'A' }).filter(([, value]) => value !== undefined))
    if (before) await put(at(before)!)

    const consumed = after ? await put(at(after)!) : await remove({ pk, sk: 'A' })

    expect(writeUnits(at(before), at(after))).toBe(consumed)
  })

  // DynamoDB Local says 28 units where dynoxide and the published rules say 25, and 1 for a batch of 0.5 and 1.
  test.skipIf(isSecondEngine)('a transaction of a new, a changed and a checked item', async () => {
    const [a, b, c] = [partition(), partition(), partition()]
    await put(indexed(b, 1000))
    await put(indexed(c, 3000))
    const { TableName } = table()

    const answer = await client.send(
      new TransactWriteCommand({
        ReturnConsumedCapacity: 'TOTAL',
        TransactItems: [
          { Put: { TableName, Item: indexed(a, 1500) } },
          { Put: { TableName, Item: indexed(b, 200, { gsi1sk: 'moved' }) } },
          { ConditionCheck: { TableName, Key: { pk: c, sk: 'A' }, ConditionExpression: 'attribute_exists(pk)' } },
        ],
      }),
    )

    const computed =
      writeUnits(undefined, indexed(a, 1500), true) +
      writeUnits(indexed(b, 1000), indexed(b, 200, { gsi1sk: 'moved' }), true) +
      2 * Math.ceil(itemBytes(indexed(c, 3000)) / 1024)
    expect(unitsOf(answer)).toBe(computed)
  })

  test.skipIf(isSecondEngine)('gets, queries of the table and of an index, and a batch get', async () => {
    const pk = partition()
    const items = Array.from({ length: 30 }, (_, i) => ({ pk, sk: `s${i}`, gsi1pk: pk, gsi1sk: `s${i}`, body: text(400 + i) }))
    for (const item of items) await put(item)
    const { TableName } = table()
    const query = (more: object) => ({ ...table(), ExpressionAttributeValues: { ':pk': pk }, ...more })

    const get = await client.send(new GetCommand({ ...table(), Key: { pk, sk: 's1' }, ConsistentRead: true }))
    const missing = await client.send(new GetCommand({ ...table(), Key: { pk, sk: 'none' } }))
    const all = await client.send(new QueryCommand(query({ KeyConditionExpression: 'pk = :pk' })))
    const page = await client.send(new QueryCommand(query({ IndexName: 'gsi1', KeyConditionExpression: 'gsi1pk = :pk', Limit: 7 })))
    const batch = await client.send(
      new BatchGetCommand({
        ReturnConsumedCapacity: 'TOTAL',
        RequestItems: {
          [TableName]: {
            Keys: [
              { pk, sk: 's1' },
              { pk, sk: 's2' },
              { pk, sk: 'none' },
            ],
          },
        },
      }),
    )

    const bytes = (some: Item[]) => some.reduce((sum, item) => sum + itemBytes(item), 0)
    expect(unitsOf(get)).toBe(readUnits(itemBytes(items[1]!), true))
    expect(unitsOf(missing)).toBe(readUnits(0))
    expect(unitsOf(all)).toBe(readUnits(bytes(items)))
    expect(unitsOf(page)).toBe(readUnits(bytes(page.Items!)))
    expect(unitsOf(batch)).toBe(readUnits(itemBytes(items[1]!)) + readUnits(itemBytes(items[2]!)) + readUnits(0))
  })
})

describe('bytes of values', () => {
  const values: [unknown, number][] = [
    [0, 1],
    [1, 2],
    [12, 2],
    [123, 3],
    [100, 2],
    [-5, 3],
    [1.5, 3],
    [0.001, 2],
    [123_456_789_012, 7],
    [null, 1],
    [true, 1],
    ['客户', 6],
    [[], 3],
    [['a'], 5],
    [{ a: 1 }, 7],
    [[1, [2]], 13],
    [new Uint8Array(5), 5],
  ]

  // The body is made so long that the item is just 1,024 bytes when the value has the expected size: one byte more is a second unit.
  test.each(values)('%j takes %i bytes', async (value, bytes) => {
    const pk = partition()
    const full = 1024 - (2 + pk.length) - (2 + 1) - (1 + bytes) - 4
    const item = (length: number) => ({ pk, sk: 'A', v: value, body: text(length) })

    const fits = await put(item(full))
    const over = await put(item(full + 1))

    expect([itemBytes(item(full)), fits, over]).toEqual([1024, 1, 2])
  })
})
