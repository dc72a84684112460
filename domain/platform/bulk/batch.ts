import * as z from 'zod'
import { type Permission, requirePermission } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { Problem } from '../../kernel/errors.ts'
import { parseInput } from '../../kernel/parse-input.ts'
import type { KindRecord, RecordKind } from '../../kernel/record-kind.ts'
import { ExternalId } from '../../kernel/text.ts'
import { upsert } from './upsert.ts'

const operations = ['create', 'update', 'upsert', 'delete'] as const
export type Operation = (typeof operations)[number]

const mostItems = 100

export const Batch = z
  .strictObject({
    operation: z.enum(operations).meta({ description: 'What is done with every item.' }),
    atomic: z
      .boolean()
      .default(false)
      .meta({ description: 'All items in one transaction, or none. It takes what touches at most 100 entries of the table.' }),
    items: z.array(z.record(z.string(), z.unknown())).min(1).max(mostItems).meta({
      description:
        'create: what POST takes. update: `id` and what PATCH takes. upsert: `externalId` and what POST takes. delete: `id`. Update and delete also take `version`, which must then be the present one.',
    }),
  })
  .meta({ id: 'Batch' })
export type Batch = z.output<typeof Batch>

/** What became of one item. `record` is missing where it was deleted. */
export type ItemOutcome<R = KindRecord> =
  | { outcome: 'created' | 'changed'; record: R }
  | { outcome: 'deleted' }
  | { outcome: 'failed'; problem: Problem }

const Id = z.string().min(1).max(100)
const Version = z.int().min(1).optional()
const Named = z.object({ id: Id, version: Version })
const Deleted = z.strictObject({ id: Id, version: Version })
const Keyed = z.object({ externalId: ExternalId })

const ifMatchOf = (version: number | undefined) => (version === undefined ? undefined : `"${version}"`)

/** Does one item; its input is checked here, so that a fault of one does not refuse its neighbours. */
export async function runItem<R extends KindRecord>(
  ctx: Context,
  kind: RecordKind<R>,
  operation: Operation,
  item: Record<string, unknown>,
): Promise<ItemOutcome<R>> {
  if (operation === 'create') return { outcome: 'created', record: await kind.create(ctx, parseInput(kind.Create, item) as never) }
  if (operation === 'upsert') {
    const { externalId } = parseInput(Keyed, item)
    const { record, created } = await upsert(ctx, kind, { externalId, input: parseInput(kind.Create, item) })
    return { outcome: created ? 'created' : 'changed', record }
  }
  if (operation === 'delete') {
    const { id, version } = parseInput(Deleted, item)
    await kind.remove!(ctx, { id, ifMatch: ifMatchOf(version) })
    return { outcome: 'deleted' }
  }
  const { id, version } = parseInput(Named, item)
  const { id: _id, version: _version, ...fields } = item
  const changes = parseInput(kind.Change, fields) as never
  return { outcome: 'changed', record: await kind.change(ctx, { id, changes, ifMatch: ifMatchOf(version) }) }
}

/** 403 for an operation that the caller's role does not allow, 422 for one that the noun does not know. */
export function requireOperation(ctx: Context, kind: RecordKind, operation: Operation): void {
  if (operation !== 'delete') return
  if (!kind.remove || !kind.permissions.remove)
    throw new Problem('invalid', 'batch.operation-unsupported', `There is no way to delete ${kind.name}.`, {
      errors: [{ pointer: '/operation', code: 'batch.operation-unsupported', message: 'create, update and upsert are supported here.' }],
    })
  requirePermission(ctx.actor, kind.permissions.remove as Permission)
}
