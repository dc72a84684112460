import type { Context } from '../../kernel/context.ts'
import { partAt, resultAt } from './export.table.ts'

/** Removes everything that an export put into the file store. */
export async function removeBytes(ctx: Context, id: string, parts: readonly string[]): Promise<void> {
  for (const key of [resultAt(ctx, id), ...parts.map((part) => partAt(ctx, id, part))]) await ctx.files.remove(key)
}
