import type { Context } from '../kernel/context.ts'
import type { Problem } from '../kernel/errors.ts'
import type { CountLimit } from './count.ts'
import type { EntryChange } from './entry.ts'
import type { TallyAction } from './tally.ts'

/** One action of a transaction, with what its failed condition means. */
export interface Action {
  pk: string
  sk: string
  /** Body of the DynamoDB action without TableName. */
  put?: { Item: Record<string, unknown> }
  update?: { UpdateExpression: string }
  delete?: true
  check?: true
  /** Adds to a count (count.ts). Several additions to one count in a commit are summed. */
  add?: { by: number; limit?: CountLimit; expiresAt?: number }
  /** Changes an entry (entry.ts). Several changes of one entry in a commit are put together. */
  entry?: EntryChange
  /** Changes numbers of an item (tally.ts). Several changes of one tally in a commit are summed. */
  tally?: TallyAction
  condition?: string
  names?: Record<string, string>
  values?: Record<string, unknown>
  /** What to throw when the condition fails; gets the item that stood in the way. */
  onFail?: (item: Record<string, unknown> | undefined) => Problem
}

/** A change of one entity as part of a commit: all its items, and the entity as it will be. */
export interface Write<T = unknown> {
  result: T
  actions(ctx: Context): Action[]
}
