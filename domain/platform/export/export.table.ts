import type { Context } from '../../kernel/context.ts'
import { StaleWrite } from '../../kernel/errors.ts'
import { defineEntity } from '../../store/entity.ts'
import { itemKey } from '../../store/entity-definition.ts'
import { externalIdGuard } from '../../store/external-id.ts'
import { encodePart } from '../../store/keys.ts'
import { readItems } from '../../store/read-items.ts'
import { scattered } from '../../store/scattered.ts'
import { ttlAttribute } from '../../store/table.ts'
import type { Write } from '../../store/write.ts'
import type { Export } from './export.ts'

export const allExports = ['EXP-ALL']
export const exportsBy = (ownerId: string) => ['EXP-BY', ownerId]

/** In a partition of its own; lists by creation for all (gsi1) and by who exports (gsi2). */
export const exportJobs = defineEntity<Export>({
  type: 'export',
  prefix: 'exp',
  schemaVersion: 1,
  key: (id) => ({ pk: ['EXP', id], sk: ['EXP'] }),
  gsi1: ({ id }) => ({ pk: allExports, sk: [id] }),
  gsi2: ({ id, ownerId }) => ({ pk: exportsBy(ownerId), sk: [id] }),
  guards: ({ externalId }) => externalIdGuard('export', externalId),
})

/** The prefix is what the bucket forgets by. */
const placeOf = (ctx: Context, exportId: string, name: string): string => `exports/${encodePart(ctx.tenant.id)}/${exportId}/${name}`

/** Some of the rows, or the ids that were found, one to a line. */
export const partAt = (ctx: Context, exportId: string, part: string): string => placeOf(ctx, exportId, part)
/** The names of all parts that an export is made of. */
export const partsOf = ({ ids, parts }: Pick<Export, 'ids' | 'parts'>): string[] => (ids ? [ids, ...parts] : parts)
export const resultAt = (ctx: Context, exportId: string): string => placeOf(ctx, exportId, 'result')

const dayKey = (ownerId: string, day: string) => scattered('EXP-DAY', [ownerId, day])

/** Access pattern: how many rows a person has exported on a day; one consistent get. */
export async function rowsOn(ctx: Context, ownerId: string, day: string): Promise<number> {
  const [item] = await readItems(ctx, [dayKey(ownerId, day)], { consistent: true })
  return (item?.rows as number | undefined) ?? 0
}

/** Counts rows to a person's day, from what was read of it: of two exports that end at once the second looks again. */
export const countRows = (ownerId: string, day: string, before: number, rows: number): Write => ({
  result: undefined,
  actions: (ctx) => [
    {
      ...itemKey(ctx, dayKey(ownerId, day)),
      put: {
        Item: { entity: 'export-day', rows: before + rows, [ttlAttribute]: Math.floor(Date.parse(ctx.now()) / 1000) + 7 * 86_400 },
      },
      condition: before === 0 ? 'attribute_not_exists(pk)' : '#rows = :before',
      ...(before === 0 ? {} : { names: { '#rows': 'rows' }, values: { ':before': before } }),
      onFail: () => new StaleWrite(),
    },
  ],
})
