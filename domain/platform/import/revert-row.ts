import type { Context } from '../../kernel/context.ts'
import { Problem } from '../../kernel/errors.ts'
import { isObject } from '../../kernel/parse-input.ts'
import type { TransferKind } from '../../kernel/transfer-kind.ts'
import type { RowResult } from './import.table.ts'

/** A row of an import that wrote something: what, and for an update what was there before. */
export interface Written extends RowResult {
  id: string
  version: number
  before?: Record<string, unknown>
}

/** A merge patch that makes `now` what it was: parts that were not there are removed. */
function restoring(now: unknown, before: unknown): unknown {
  if (!isObject(now) || !isObject(before)) return before ?? null
  const names = [...new Set([...Object.keys(now), ...Object.keys(before)])]
  return Object.fromEntries(names.map((name) => [name, restoring(now[name], before[name])]))
}

const changedSince = () =>
  new Problem('conflict', 'revert.changed-since', 'The record has changed since it was imported, so it stays. Change or delete it by hand.')

async function restore(ctx: Context, { kind, present }: TransferKind, { id, before = {} }: Written, ifMatch: string): Promise<void> {
  const now = present(ctx, await kind.get(ctx, { id })) as Record<string, unknown>
  const changes = Object.fromEntries(Object.entries(before).map(([name, value]) => [name, restoring(now[name], value)]))
  await kind.change(ctx, { id, changes: changes as never, ifMatch })
}

async function remove(ctx: Context, { kind, inUse, takeBack }: TransferKind, { id }: Written, ifMatch: string): Promise<void> {
  if (takeBack) {
    await takeBack(ctx, { id, ifMatch })
    return
  }
  const reason = await inUse?.(ctx, await kind.get(ctx, { id }))
  if (reason) throw new Problem('conflict', 'revert.in-use', `${reason} Delete them first, or delete the record by hand.`)
  await kind.remove!(ctx, { id, ifMatch })
}

/**
 * Takes one row back by the use cases of its kind: what it created is deleted, what it updated gets the values it had. 409
 * `revert.changed-since` or `revert.in-use` where others have worked on the record since; then nothing is done with it.
 */
export async function revertRow(ctx: Context, kind: TransferKind, written: Written): Promise<void> {
  const ifMatch = `"${written.version}"`
  try {
    await (written.outcome === 'created' ? remove : restore)(ctx, kind, written, ifMatch)
  } catch (error) {
    throw error instanceof Problem && error.kind === 'version-mismatch' ? changedSince() : error
  }
}
