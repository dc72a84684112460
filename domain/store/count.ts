import { GetCommand } from '@aws-sdk/lib-dynamodb'
import type { Context } from '../kernel/context.ts'
import type { Problem } from '../kernel/errors.ts'
import { send } from './database.ts'
import { type ItemKey, itemKey } from './entity-definition.ts'
import { scattered } from './scattered.ts'
import { ttlAttribute } from './table.ts'
import type { Action } from './write.ts'

/** A number kept beside the records, e.g. how many customers a user owns. */
export interface Count {
  name: string
  /** Whose number it is. */
  of: string
  /** When nobody asks for it any more, in epoch seconds. */
  expiresAt?: number
}

/** A count that may not go above `most`; `over` is what the caller is told. */
export interface CountLimit {
  most: number
  over(): Problem
}

/** Where a number stands. */
export const countKey = ({ name, of }: Count): ItemKey => scattered('COUNT', [name, of])

const keyOf = (ctx: Context, count: Count) => itemKey(ctx, countKey(count))

/**
 * Adds to a count in the same transaction as what it counts, by a conditional ADD: right under any concurrency, where
 * writing back what was read would lose every second race. `limit` holds for additions only.
 */
export const countAction = (ctx: Context, count: Count, by: number, limit?: CountLimit): Action => ({
  ...keyOf(ctx, count),
  add: { by, ...(limit && by > 0 ? { limit } : {}), ...(count.expiresAt ? { expiresAt: count.expiresAt } : {}) },
})

/** Two additions to one count, as when one transaction gives a user two customers. */
export function summed(a: Action, b: Action): Action {
  const limit = a.add?.limit ?? b.add?.limit
  return { ...a, add: { ...a.add, by: a.add!.by + b.add!.by, ...(limit ? { limit } : {}) } }
}

/** The addition as the database takes it. */
export function additionOf(action: Action): Action {
  if (!action.add) return action
  const { by, limit, expiresAt } = action.add
  const { add: _add, ...key } = action
  const update = { UpdateExpression: `ADD #n :by${expiresAt ? ' SET #ttl = :ttl' : ''}` }
  const names = { '#n': 'n', ...(expiresAt ? { '#ttl': ttlAttribute } : {}) }
  const values = { ':by': by, ...(expiresAt ? { ':ttl': expiresAt } : {}) }
  if (!limit || by <= 0) return { ...key, update, names, values }
  const room = limit.most - by
  const condition = room < 0 ? 'attribute_exists(#n) AND #n <= :room' : 'attribute_not_exists(#n) OR #n <= :room'
  return { ...key, update, condition, names, values: { ...values, ':room': room }, onFail: () => limit.over() }
}

/** The number as it stands; 0 when nothing was ever counted. Consistent. */
export async function readCount(ctx: Context, count: Count): Promise<number> {
  const { Item } = await send<{ Item?: { n?: number } }>(
    ctx,
    new GetCommand({ TableName: ctx.db.table, Key: keyOf(ctx, count), ConsistentRead: true }),
  )
  return Item?.n ?? 0
}

/** Holds a commit to a count of nothing, e.g. deleting a pool in which no customer lies. */
export const requireNone = (ctx: Context, count: Count, onFail: () => Problem): Action => ({
  ...keyOf(ctx, count),
  check: true,
  condition: 'attribute_not_exists(#n) OR #n <= :zero',
  names: { '#n': 'n' },
  values: { ':zero': 0 },
  onFail,
})
