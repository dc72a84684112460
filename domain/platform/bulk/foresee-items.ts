import type { Context } from '../../kernel/context.ts'
import type { KindRecord, RecordKind } from '../../kernel/record-kind.ts'
import type { Operation } from './batch.ts'
import { idOf } from './upsert.ts'

/** An item of an upsert whose externalId nobody has becomes a new record. */
const isNew = async (ctx: Context, kind: RecordKind, { externalId }: Record<string, unknown>): Promise<boolean> =>
  typeof externalId === 'string' && externalId !== '' && (await idOf(ctx, kind, externalId)) === undefined

/** Reads together what the items of a batch that become new records are going to read (openReadAhead). */
export async function foreseeItems<R extends KindRecord>(
  ctx: Context,
  kind: RecordKind<R>,
  operation: Operation,
  items: readonly Record<string, unknown>[],
): Promise<void> {
  if (!kind.foresee || (operation !== 'create' && operation !== 'upsert')) return
  const news = await Promise.all(items.map((item) => operation === 'create' || isNew(ctx, kind, item)))
  const inputs = items.filter((_, i) => news[i])
  if (inputs.length > 1) await kind.foresee(ctx, inputs)
}
