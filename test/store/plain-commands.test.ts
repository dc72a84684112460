import { GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb'
import { expect, test } from 'vitest'
import { measure } from '../../domain/store/capacity.ts'
import { send } from '../../domain/store/database.ts'
import { tenantKey } from '../../domain/store/keys.ts'
import { itemOfWire, wireOfItem } from '../../domain/store/wire-item.ts'
import { context } from '../support/things.ts'

const ctx = await context()
const pk = tenantKey(ctx, ['PLAIN'])
const item = (sk: string) => ({ pk, sk, text: '文', n: 1.5, yes: true, none: null, list: [1, { a: 'b' }], bytes: new Uint8Array([1, 2]) })
const TableName = ctx.db.table

test('an item that is got or queried is as it was put, and counted; a page says where it ended', async () => {
  for (const sk of ['a', 'b', 'c']) await send(ctx, new PutCommand({ TableName, Item: item(sk) }))
  const get = (sk: string) => send(ctx, new GetCommand({ TableName, Key: { pk, sk } }))
  const page = (ExclusiveStartKey?: Record<string, unknown>) =>
    send(
      ctx,
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': pk },
        Limit: 2,
        ExclusiveStartKey,
      }),
    )

  const { result, spent } = await measure(async () => [await get('a'), await get('z'), await page(), await page({ pk, sk: 'b' })])

  expect(result).toMatchObject([{ Item: item('a') }, {}, { Items: [item('a'), item('b')], LastEvaluatedKey: { pk, sk: 'b' } }, {}])
  expect(result[1]).not.toHaveProperty('Item')
  expect(result[3]).toMatchObject({ Items: [item('c')] })
  expect(result[3]).not.toHaveProperty('LastEvaluatedKey')
  expect([spent.calls, spent.itemsRead]).toEqual([4, 4])
})

test('what goes over the wire comes back as it was, without what is undefined', () => {
  const kept = { text: '文', whole: 2n ** 60n, below: -1.5, none: null, yes: false, set: new Set(['a']), numbers: new Set([1, 2]) }
  const deep = { list: [1, { a: [] }], map: { a: { b: 'c' } }, bytes: Buffer.from([0, 255]) }

  const read = itemOfWire(wireOfItem({ ...kept, ...deep, gone: undefined, list: [1, undefined, { a: [], gone: undefined }] }))

  expect(read).toStrictEqual({ ...kept, ...deep, bytes: new Uint8Array([0, 255]) })
})

test.each([
  ['no number', Number.NaN],
  ['a number that is endless', Infinity],
  ['a number that lost digits', 2 ** 60],
  ['an empty set', new Set()],
  ['a date', new Date(0)],
  ['a function', () => 1],
])('%s is refused before it is sent', (_, value) => {
  expect(() => wireOfItem({ value })).toThrow('store:')
})
