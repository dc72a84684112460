import {
  BatchGetCommand,
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb'
import { expect, test } from 'vitest'
import { send } from '../../domain/store/database.ts'
import { tenantPrefix } from '../../domain/store/keys.ts'
import { systemFind, systemPut } from '../../domain/store/system.ts'
import { systemContext } from '../../functions/runtime.ts'
import { context } from '../support/things.ts'

const key = (pk: string) => ({ pk, sk: 'x' })

/** Every command that the store sends, on a partition. */
const commands: Record<string, (table: string, pk: string) => object> = {
  get: (TableName, pk) => new GetCommand({ TableName, Key: key(pk) }),
  put: (TableName, pk) => new PutCommand({ TableName, Item: key(pk) }),
  update: (TableName, pk) =>
    new UpdateCommand({ TableName, Key: key(pk), UpdateExpression: 'SET a = :a', ExpressionAttributeValues: { ':a': 1 } }),
  delete: (TableName, pk) => new DeleteCommand({ TableName, Key: key(pk) }),
  query: (TableName, pk) => new QueryCommand({ TableName, KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': pk } }),
  'query of an index': (TableName, pk) =>
    new QueryCommand({ TableName, IndexName: 'gsi1', KeyConditionExpression: 'gsi1pk = :pk', ExpressionAttributeValues: { ':pk': pk } }),
  batch: (table, pk) => new BatchGetCommand({ RequestItems: { [table]: { Keys: [key(pk)] } } }),
  transaction: (TableName, pk) => new TransactWriteCommand({ TransactItems: [{ Put: { TableName, Item: key(pk) } }] }),
  'condition of a transaction': (TableName, pk) =>
    new TransactWriteCommand({
      TransactItems: [{ ConditionCheck: { TableName, Key: key(pk), ConditionExpression: 'attribute_not_exists(pk)' } }],
    }),
}

test.each(Object.entries(commands))('%s reaches the keys of its tenant and no others', async (_, command) => {
  const [ctx, other] = [await context(), await context()]
  const own = tenantPrefix(ctx.tenant.id)

  await expect(send(ctx, command(ctx.db.table, `${own}FIREWALL`))).resolves.toBeDefined()

  const foreign = [
    `${tenantPrefix(other.tenant.id)}FIREWALL`,
    'SYS#KEY',
    'T#',
    `T#${ctx.tenant.id}`,
    `${own.slice(0, -1)}x#FIREWALL`,
    ` ${own}x`,
    '',
  ]
  for (const pk of foreign) await expect(send(ctx, command(ctx.db.table, pk)), pk).rejects.toThrow('firewall')
})

test('among several keys one that is foreign is enough', async () => {
  const [ctx, other] = [await context(), await context()]
  const keys = [key(`${tenantPrefix(ctx.tenant.id)}x`), key(`${tenantPrefix(other.tenant.id)}x`)]

  await expect(send(ctx, new BatchGetCommand({ RequestItems: { [ctx.db.table]: { Keys: keys } } }))).rejects.toThrow('firewall')
  const puts = keys.map((Item) => ({ Put: { TableName: ctx.db.table, Item } }))
  await expect(send(ctx, new TransactWriteCommand({ TransactItems: puts }))).rejects.toThrow('firewall')
})

test('a command without keys, such as a Scan, is refused, and one that nobody sent for a tenant', async () => {
  const ctx = await context()

  await expect(send(ctx, new ScanCommand({ TableName: ctx.db.table }))).rejects.toThrow('firewall')
  await expect(ctx.db.send(commands.get!(ctx.db.table, `${tenantPrefix(ctx.tenant.id)}x`))).rejects.toThrow('firewall')
})

test('the system reaches SYS# and no tenant', async () => {
  const ctx = await context()
  const system = systemContext()
  const place = { pk: ['FIREWALL', ctx.tenant.id] }

  await systemPut(system, place, { found: true })

  expect(await systemFind(system, place)).toMatchObject({ found: true })
  await expect(send(system, commands.get!(ctx.db.table, `${tenantPrefix(ctx.tenant.id)}x`))).rejects.toThrow('firewall')
})

test('the name of a tenant cannot reach into another', () => {
  const names = ['a', 'a#b', 'ab', 'a%23b', 'A', '', '#', 'a#', '../a', '关系']
  const prefixes = names.map(tenantPrefix)

  expect(new Set(prefixes).size).toBe(names.length)
  for (const one of prefixes) for (const other of prefixes) expect(one !== other && other.startsWith(one)).toBe(false)
})
