import { GetCommand } from '@aws-sdk/lib-dynamodb'
import type { Context } from '../kernel/context.ts'
import { StaleWrite } from '../kernel/errors.ts'
import { mostActions, writeTogether } from './commit.ts'
import { holds } from './condition.ts'
import { send } from './database.ts'
import { itemBytes } from './item-bytes.ts'
import { stagedDatabase } from './staged-reads.ts'
import { type Explain, stagedActions, stageOrNothing, stagingContext, unstaged } from './staging.ts'
import { tallyUpdateOf } from './tally.ts'
import type { Action } from './write.ts'

/**
 * One transaction that several use cases fill. They are called with `ctx` and need not know of it: their reads see what the
 * ones before them will have written, their commits add to the transaction. Nothing is written before `commit`.
 */
export interface Stage {
  ctx: Context
  /** Runs a use case; when it fails, nothing of it stays. `explain` also names what it staged when that cannot be written. */
  attempt<T>(work: (ctx: Context) => Promise<T>, explain?: Explain): Promise<T>
  actions(): Action[]
  /** True when what is staged, and `more` items, go into one transaction. */
  fits(more?: number): boolean
  /** Fails as writing these actions would fail now, as far as their conditions tell. For trying out. */
  judge(actions: Action[]): Promise<void>
  /** Writes it, with the idempotency record of the context it was opened in: all of it or nothing. */
  commit(result: unknown): Promise<void>
}

/** DynamoDB takes 4 MB in one transaction; some room is left for names and markers. */
const mostBytes = 3_500_000

const measured = new WeakMap<object, number>()

/** It is asked again with every use case that the stage takes. */
function bytesOf(item: Record<string, unknown>): number {
  const known = measured.get(item)
  if (known !== undefined) return known
  const bytes = itemBytes(item)
  measured.set(item, bytes)
  return bytes
}

/** Opens a stage, empty. Its use cases work in `stage.ctx`. */
export function openStage(ctx: Context): Stage {
  const staging = stagingContext(ctx, stagedDatabase)
  const actions = () => stagedActions(staging)
  return {
    ctx: staging,
    attempt: (work, explain) => stageOrNothing(staging, () => work(staging), explain),
    actions,
    fits: (more = 0) => {
      const all = actions()
      if (all.length + more > mostActions) return false
      return all.reduce((sum, { put }) => sum + (put ? bytesOf(put.Item) : 200), 0) <= mostBytes
    },
    judge: (some) => judge(ctx, some),
    commit: (result) => writeTogether(ctx, actions(), result),
  }
}

/** Runs use cases whose commits are one transaction: that of the stage they are called in, else one of their own. */
export async function together<T>(ctx: Context, work: (ctx: Context) => Promise<T>): Promise<T> {
  if (unstaged(ctx) !== ctx) return work(ctx)
  const stage = openStage(ctx)
  const result = await stage.attempt(work)
  await stage.commit(result)
  return result
}

/** Reads what each condition is about, and judges it as the table would. */
async function judge(ctx: Context, actions: Action[]): Promise<void> {
  const judgeOne = async ({ pk, sk, onFail, ...action }: Action): Promise<void> => {
    const { Item } = await send<{ Item?: Record<string, unknown> }>(
      ctx,
      new GetCommand({ TableName: ctx.db.table, Key: { pk, sk }, ConsistentRead: true }),
    )
    if (!holds(action, Item)) throw onFail?.(Item) ?? new StaleWrite()
  }
  const asked = actions.flatMap((action) => tallyUpdateOf(action) ?? [])
  await Promise.all(asked.filter(({ condition }) => condition).map(judgeOne))
}
