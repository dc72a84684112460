import { randomUUID } from 'node:crypto'
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb'
import type { PublishedEvent } from '../../events/define.ts'
import type { Context } from '../kernel/context.ts'
import { Problem, StaleWrite } from '../kernel/errors.ts'
import { additionOf, summed } from './count.ts'
import { send } from './database.ts'
import { entryUpdateOf, joined } from './entry.ts'
import { idempotencyAction } from './idempotency.ts'
import { placeOf } from './item.ts'
import { outboxAction } from './outbox.ts'
import { mostTries, pause } from './pause.ts'
import { takeActions } from './staging.ts'
import { joinedTallies, tallyUpdateOf } from './tally.ts'
import { type FoundItem, type MarshalledItem, parameters, plain, tryWrite } from './try-write.ts'
import type { Action, Write } from './write.ts'

/** DynamoDB's limit of one transaction. */
export const mostActions = 100

interface CancellationReason {
  Code?: string
  Item?: MarshalledItem
}

/**
 * Writes entities, their version conditions and guards, the idempotency record and one outbox item per event in ONE
 * transaction: all of it or nothing. Answers the first write's record, or `options.result`.
 *
 * Fails with the problem of the first condition that does not hold (StaleWrite for a version); 409 when conflicts with
 * others outlast the retries; 422 `batch.too-large-for-atomic` above 100 items. In a stage (stage.ts) nothing is written yet.
 */
export async function commit<T>(
  ctx: Context,
  writes: [Write<T>, ...Write[]],
  events: PublishedEvent[],
  options: { result?: unknown } = {},
): Promise<T> {
  const result = 'result' in options ? options.result : writes[0].result
  const actions = merged([...writes.flatMap((write) => write.actions(ctx)), ...events.map((event) => outboxAction(ctx, event))])
  if (!takeActions(ctx, actions)) await writeTogether(ctx, actions, result)
  return result as T
}

/** Writes actions of different items, and the idempotency record of the context with the answer to `result`, in one transaction. */
export async function writeTogether(ctx: Context, actions: Action[], result: unknown): Promise<void> {
  const effective = actions
    .filter((action) => action.add?.by !== 0)
    .map(additionOf)
    .map(entryUpdateOf)
    .flatMap((action) => tallyUpdateOf(action) ?? [])
  const keyed = ctx.idempotency ? idempotencyAction(ctx, ctx.idempotency, result) : undefined
  if (keyed) effective.push(keyed)
  if (effective.length > mostActions)
    throw new Problem(
      'invalid',
      'batch.too-large-for-atomic',
      `This change touches ${effective.length} items; one transaction takes ${mostActions}.`,
    )
  if (effective.length === 1) await writeOne(ctx, effective[0]!)
  else if (effective.length > 1) await writeAll(ctx, effective)
}

/** Several changes of one item are a mistake of the use case, unless they are the same, or add to a count, an entry or a tally. */
function merged(actions: Action[]): Action[] {
  const byKey = new Map<string, Action>()
  for (const action of actions) {
    const key = placeOf(action)
    const other = byKey.get(key)
    if (other?.add && action.add) {
      byKey.set(key, summed(other, action))
      continue
    }
    if (other?.entry && action.entry) {
      byKey.set(key, joined(other, action))
      continue
    }
    if (other?.tally && action.tally) {
      byKey.set(key, joinedTallies(other, action))
      continue
    }
    if (other && JSON.stringify(other) !== JSON.stringify(action))
      throw new Error(`commit: two different changes of one item (${action.sk.split('#')[0]})`)
    byKey.set(key, action)
  }
  return [...byKey.values()]
}

/** A single action needs no transaction, which would cost twice the units. */
async function writeOne(ctx: Context, action: Action): Promise<void> {
  const tried = await tryWrite(ctx, action)
  if (!tried.written) throw failure(action, tried.found)
}

async function writeAll(ctx: Context, actions: Action[]): Promise<void> {
  const kindOf = (action: Action) => (action.put ? 'Put' : action.update ? 'Update' : action.delete ? 'Delete' : 'ConditionCheck')
  // The same token on every try: a transaction whose answer was lost is not done twice.
  const command = {
    ClientRequestToken: randomUUID(),
    TransactItems: actions.map((action) => ({ [kindOf(action)]: parameters(ctx, action) })),
  }
  for (let attempt = 1; ; attempt++) {
    try {
      await send(ctx, new TransactWriteCommand(command))
      return
    } catch (error) {
      const reasons = (error as { CancellationReasons?: CancellationReason[] }).CancellationReasons
      if ((error as Error).name === 'TransactionInProgressException') await pause(attempt)
      else if (!reasons) throw error
      else throwUnlessPassing(actions, reasons)
      if (attempt === mostTries) throw new StaleWrite()
      await pause(attempt)
    }
  }
}

const passing = new Set(['None', 'TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded'])

/** Returns when every reason is a conflict or throttling, which pass by themselves; throws what a failed condition means. */
function throwUnlessPassing(actions: Action[], reasons: CancellationReason[]): void {
  for (const [i, reason] of reasons.entries()) if (reason.Code === 'ConditionalCheckFailed') throw failure(actions[i]!, plain(reason.Item))
  const other = reasons.find((reason) => !passing.has(reason.Code ?? 'None'))
  if (other) throw new Error(`commit: transaction cancelled with ${other.Code}`)
}

const failure = (action: Action, found: FoundItem | undefined): Problem => action.onFail?.(found) ?? new StaleWrite()

/**
 * Runs a use case again when a record changed between its read and its write. With `If-Match` the second run answers 412.
 * After `most` runs the caller gets 409 `write.conflict`.
 */
export async function retryStale<T>(work: () => Promise<T>, most = 20): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof StaleWrite) || attempt >= most) throw error
      await pause(Math.min(attempt, 5))
    }
  }
}
