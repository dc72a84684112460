import { UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { Context, SystemContext } from '../kernel/context.ts'
import { send } from './database.ts'
import { systemKey, tenantKey } from './keys.ts'

/** Something that may be done only so often in a second, whoever does it: all workers draw from one item. */
interface Pace {
  name: string
  perSecond: number
}

/** A worker is given no turn that is further away: it comes again instead of waiting. */
const furthestMs = 20_000

const keyOf = (ctx: Context | SystemContext, name: string) =>
  'system' in ctx ? { pk: systemKey(['PACE', name]), sk: 'entry' } : { pk: tenantKey(ctx, ['PACE', name]), sk: 'PACE' }

async function tried(ctx: Context | SystemContext, input: object): Promise<number | undefined> {
  try {
    const { Attributes } = await send<{ Attributes?: { next: number } }>(ctx, new UpdateCommand(input as never))
    return Attributes!.next
  } catch (error) {
    if ((error as Error).name === 'ConditionalCheckFailedException') return undefined
    throw error
  }
}

/** Paces of which turns were free when they were last asked for: so it will be again, and one write is enough. */
const wereFree = new Set<string>()

/**
 * Reserves the next `count` turns: they begin at the instant it answers (in milliseconds) and lie `1 / perSecond` apart, after
 * everybody else's. So no window of a second, wherever it begins, holds more than the rate. Undefined when the next free turn is
 * too far away. 1 WRU, 2 when turns ran short or came free since this process last asked.
 */
export async function reserveTurns(
  ctx: Context | SystemContext,
  { name, perSecond }: Pace,
  count: number,
  now: number,
): Promise<number | undefined> {
  const length = Math.ceil((count * 1000) / perSecond)
  const common = {
    TableName: ctx.db.table,
    Key: keyOf(ctx, name),
    ExpressionAttributeNames: { '#next': 'next' },
    ReturnValues: 'UPDATED_NEW',
  }
  const queued = () =>
    tried(ctx, {
      ...common,
      UpdateExpression: 'ADD #next :length',
      ConditionExpression: '#next BETWEEN :now AND :furthest',
      ExpressionAttributeValues: { ':length': length, ':now': now, ':furthest': now + furthestMs },
    })
  const first = () =>
    tried(ctx, {
      ...common,
      UpdateExpression: 'SET #next = :end',
      ConditionExpression: 'attribute_not_exists(#next) OR #next < :now',
      ExpressionAttributeValues: { ':end': now + length, ':now': now },
    })
  const place = `${common.TableName} ${common.Key.pk}`
  const wasFree = wereFree.has(place)
  const guessed = await (wasFree ? first() : queued())
  if (guessed !== undefined) return guessed - length
  const end = await (wasFree ? queued() : first())
  if (end === undefined) return undefined
  if (wasFree) wereFree.delete(place)
  else wereFree.add(place)
  return end - length
}

/** Nobody gets a turn before `until`: whoever gives the turns asked for a pause. */
export async function holdTurns(ctx: Context | SystemContext, name: string, until: number): Promise<void> {
  await tried(ctx, {
    TableName: ctx.db.table,
    Key: keyOf(ctx, name),
    UpdateExpression: 'SET #next = :until',
    ConditionExpression: 'attribute_not_exists(#next) OR #next < :until',
    ExpressionAttributeNames: { '#next': 'next' },
    ExpressionAttributeValues: { ':until': until },
    ReturnValues: 'UPDATED_NEW',
  })
}
