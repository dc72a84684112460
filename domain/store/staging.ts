import type { Context, Database } from '../kernel/context.ts'
import { type KeyParts, tenantKey } from './keys.ts'
import { fold, type StagedItems } from './staged-items.ts'
import type { Action } from './write.ts'

/** Says of a failure whose it is, e.g. by the place of the item in a batch. */
export type Explain = (error: unknown) => unknown

interface Staging {
  items: StagedItems
  /** What is under it. */
  base: Database
  explain: Explain | undefined
}

const stagings = new WeakMap<Database, Staging>()
const explained = new WeakSet<object>()

/** A context whose commits write nothing: what they would write is staged, and `databaseOver` it is what the context reads. */
export function stagingContext(ctx: Context, databaseOver: (base: Database, items: () => StagedItems) => Database): Context {
  const { idempotency: _own, ...rest } = ctx
  const staging: Staging = { items: new Map(), base: ctx.db, explain: undefined }
  const db = databaseOver(ctx.db, () => staging.items)
  stagings.set(db, staging)
  return { ...rest, db }
}

/** The context for what is written at once and stays, whatever becomes of what is staged. */
export function unstaged(ctx: Context): Context {
  const staging = stagings.get(ctx.db)
  return staging ? { ...ctx, db: staging.base } : ctx
}

/** Takes the actions of a commit where the context stages them; false where they are to be written. */
export function takeActions(ctx: Context, actions: Action[]): boolean {
  const staging = stagings.get(ctx.db)
  for (const action of staging ? actions : []) fold(staging!.items, withExplanation(action, staging!.explain))
  return staging !== undefined
}

function withExplanation(action: Action, explain: Explain | undefined): Action {
  const { onFail } = action
  if (!explain || !onFail) return action
  const explaining: typeof onFail = (item) => {
    const problem = explain(onFail(item)) as ReturnType<typeof onFail>
    explained.add(problem)
    return problem
  }
  return { ...action, onFail: explaining }
}

/** Runs work in a staging context; when it fails, nothing of it stays staged. `explain` is asked too when what it staged cannot be written. */
export async function stageOrNothing<T>(ctx: Context, work: () => Promise<T>, explain?: Explain): Promise<T> {
  const staging = stagings.get(ctx.db)!
  const before = new Map(staging.items)
  staging.explain = explain
  try {
    return await work()
  } catch (error) {
    staging.items = before
    throw explain && !explained.has(error as object) ? explain(error) : error
  } finally {
    staging.explain = undefined
  }
}

/** What is staged so far. */
export const stagedActions = (ctx: Context): Action[] => [...(stagings.get(ctx.db)?.items.values() ?? [])].map(({ action }) => action)

/** True when something of that partition is staged: what is kept in memory of it is not what the context would read. */
export function hasStaged(ctx: Context, partition: KeyParts): boolean {
  const pk = stagings.has(ctx.db) ? tenantKey(ctx, partition) : undefined
  return pk !== undefined && stagedActions(ctx).some((action) => action.pk === pk)
}
