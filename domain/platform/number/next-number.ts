import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { defaultNumbering, type NumberKind, type NumberRule, readTenant } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { Problem, StaleWrite } from '../../kernel/errors.ts'
import { send } from '../../store/database.ts'
import { type Guard, itemKey } from '../../store/entity-definition.ts'
import { findGuarded } from '../../store/guard.ts'
import { scattered } from '../../store/scattered.ts'
import { tryWrite } from '../../store/try-write.ts'
import { countIn, numberOf, periodOf } from './number.ts'

const ruleOf = async (ctx: Context, kind: NumberKind): Promise<NumberRule> =>
  (await readTenant(ctx)).numbering?.[kind] ?? defaultNumbering[kind]

/** Access pattern: the counter of a kind of document in its period; one update, 1 WRU. */
const counterKey = (ctx: Context, kind: NumberKind, period: string) => itemKey(ctx, scattered('NUMBER', [kind, period]))

/** What the counter would be at, had the numbers been given out that were only tried. */
async function triedCount(ctx: Context, kind: NumberKind, period: string, trial: Map<string, number>): Promise<number> {
  const Key = counterKey(ctx, kind, period)
  const read = () => send<{ Item?: { n: number } }>(ctx, new GetCommand({ TableName: ctx.db.table, Key, ConsistentRead: true }))
  const last = trial.get(Key.sk) ?? (await read()).Item?.n ?? 0
  const next = Math.max(last, trial.get(Key.sk) ?? 0) + 1
  trial.set(Key.sk, next)
  return next
}

/**
 * The next number of a kind of document for its business date: one addition, asked for just before the commit, so that nobody
 * gets the same one and a gap is left only where that commit fails. A number that is taken already (by one that a caller gave,
 * or after the pattern was changed) makes the commit stale, and the use case runs again with the one behind it.
 */
export async function nextNumber(ctx: Context, kind: NumberKind, on: string): Promise<string> {
  const rule = await ruleOf(ctx, kind)
  if (ctx.trial) return numberOf(rule, on, await triedCount(ctx, kind, periodOf(rule, on), ctx.trial))
  const { Attributes } = await send<{ Attributes: { n: number } }>(
    ctx,
    new UpdateCommand({
      TableName: ctx.db.table,
      Key: counterKey(ctx, kind, periodOf(rule, on)),
      UpdateExpression: 'ADD #n :one',
      ExpressionAttributeNames: { '#n': 'n' },
      ExpressionAttributeValues: { ':one': 1 },
      ReturnValues: 'UPDATED_NEW',
    }),
  )
  return numberOf(rule, on, Attributes.n)
}

/** Lifts the counter to a number that follows the pattern: the ones we give go on behind it. */
async function passOver(ctx: Context, kind: NumberKind, on: string, number: string): Promise<void> {
  if (ctx.trial) return
  const rule = await ruleOf(ctx, kind)
  const count = countIn(rule, on, number)
  if (count === undefined) return
  await tryWrite(ctx, {
    ...counterKey(ctx, kind, periodOf(rule, on)),
    update: { UpdateExpression: 'SET #n = :count' },
    condition: 'attribute_not_exists(#n) OR #n < :count',
    names: { '#n': 'n' },
    values: { ':count': count },
  })
}

const guardName = (kind: NumberKind) => `${kind}-number`
const nounOf = (kind: NumberKind) => kind.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)

/** The number that a caller gives a document, as imports do, else the next one. 409 `<noun>.number-taken` for one that another has. */
export async function numberFor(ctx: Context, kind: NumberKind, on: string, given: string | null | undefined): Promise<string> {
  if (!given) return nextNumber(ctx, kind, on)
  if (await findGuarded(ctx, guardName(kind), given, true)) {
    const code = `${nounOf(kind)}.number-taken`
    const message = 'Another document has this number.'
    throw new Problem('conflict', code, message, { errors: [{ pointer: '/number', code, message }] })
  }
  await passOver(ctx, kind, on, given)
  return given
}

/** The id of the document with a number, if there is one. One get, 0.5 RRU. */
export const findByNumber = (ctx: Context, kind: NumberKind, number: string): Promise<string | undefined> =>
  findGuarded(ctx, guardName(kind), number)

/** Holds a number for its document. One that is taken meanwhile makes the commit stale: the next run takes another, or says so. */
export const numberGuard = (kind: NumberKind, number: string): Guard => ({
  name: guardName(kind),
  value: number,
  taken: () => new StaleWrite(),
})
