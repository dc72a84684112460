import { DeleteCommand, GetCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { Context, SystemContext } from '../kernel/context.ts'
import { send } from './database.ts'
import { type KeyParts, systemKey } from './keys.ts'

/** The place of a system entry, under `SYS#`. Sort key `entry` when the partition holds a single one. */
export interface SystemKey {
  pk: KeyParts
  sk?: string
}

/** Where something of a tenant stands under `SYS#`; what others stand behind too is shared. */
export interface SystemPlace {
  key: SystemKey
  isShared?: true
}

/** A tenant's context as one that reaches its entries under `SYS#`. */
export const systemOf = ({ now, db, enqueue }: Context): SystemContext => ({ system: true, now, db, enqueue })

/** The key of a system entry as it stands in the table. */
export const systemItemKey = (key: SystemKey) => ({ pk: systemKey(key.pk), sk: key.sk ?? 'entry' })

/** One system entry, read consistently. */
export async function systemFind<T>(system: SystemContext, key: SystemKey): Promise<T | undefined> {
  const { Item } = await send<{ Item?: T }>(
    system,
    new GetCommand({ TableName: system.db.table, Key: systemItemKey(key), ConsistentRead: true }),
  )
  return Item
}

/** Writes a system entry. System entries are derived from a tenant's own items and can be written again at any time. */
export async function systemPut(system: SystemContext, key: SystemKey, entry: object): Promise<void> {
  await send(system, new PutCommand({ TableName: system.db.table, Item: { ...entry, ...systemItemKey(key) } }))
}

/** Sends a write whose condition may fail: then somebody was ahead, and there is nothing to do. */
async function unlessOvertaken(system: SystemContext, command: object): Promise<void> {
  try {
    await send(system, command)
  } catch (error) {
    if ((error as Error).name !== 'ConditionalCheckFailedException') throw error
  }
}

const notNewer = (version: number) => ({
  ConditionExpression: 'attribute_not_exists(#of) OR #of <= :of',
  ExpressionAttributeNames: { '#of': 'ofVersion' },
  ExpressionAttributeValues: { ':of': version },
})

/** Writes an entry that follows from a version of a record, unless what stands there follows from a newer one. */
export async function systemPutOf(system: SystemContext, key: SystemKey, entry: object, version: number): Promise<void> {
  const Item = { ...entry, ofVersion: version, ...systemItemKey(key) }
  await unlessOvertaken(system, new PutCommand({ TableName: system.db.table, Item, ...notNewer(version) }))
}

/** Deletes an entry that a version of a record has left, unless a newer one has come back to it. */
export async function systemDeleteOf(system: SystemContext, key: SystemKey, version: number): Promise<void> {
  await unlessOvertaken(system, new DeleteCommand({ TableName: system.db.table, Key: systemItemKey(key), ...notNewer(version) }))
}

/** Raises a value of an entry: never lowers it, and never brings back an entry that was deleted. */
export async function systemRaise(system: SystemContext, key: SystemKey, name: string, value: string): Promise<void> {
  const command = new UpdateCommand({
    TableName: system.db.table,
    Key: systemItemKey(key),
    UpdateExpression: 'SET #name = :value',
    ConditionExpression: 'attribute_exists(pk) AND (attribute_not_exists(#name) OR #name < :value)',
    ExpressionAttributeNames: { '#name': name },
    ExpressionAttributeValues: { ':value': value },
  })
  await unlessOvertaken(system, command)
}

/** Deletes a system entry; one that is not there is gone already. */
export async function systemDelete(system: SystemContext, key: SystemKey): Promise<void> {
  await send(system, new DeleteCommand({ TableName: system.db.table, Key: systemItemKey(key) }))
}

/** All entries of a system partition. */
export async function systemQuery<T>(system: SystemContext, partition: KeyParts): Promise<(T & { sk: string })[]> {
  const all: (T & { sk: string })[] = []
  let start: Record<string, unknown> | undefined
  do {
    const page = await send<{ Items?: (T & { sk: string })[]; LastEvaluatedKey?: Record<string, unknown> }>(
      system,
      new QueryCommand({
        TableName: system.db.table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': systemKey(partition) },
        ExclusiveStartKey: start,
      }),
    )
    all.push(...(page.Items ?? []))
    start = page.LastEvaluatedKey
  } while (start)
  return all
}
