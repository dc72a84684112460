import type { Context, SystemContext } from '../../kernel/context.ts'
import { Problem } from '../../kernel/errors.ts'
import { itemKey } from '../../store/entity-definition.ts'
import { systemPrefix, tenantPrefix } from '../../store/keys.ts'
import { type PlacedItem, putting, wholeItem, writeItems } from '../../store/whole-items.ts'
import { itemOfLine, type Tally, tallyOfLines } from './copy-line.ts'
import { copiedFile, copiedLines } from './export-tenant.ts'
import type { CopyPlace } from './tenant-parts.ts'

const atOnce = 25

const isEvent = ({ entity }: PlacedItem): boolean => entity?.S === 'event'

/**
 * Events were published when they happened. The stream publishes what is inserted as an event: put back without that mark first and
 * with it after, one is a change, and nothing is published, mailed or counted again.
 */
async function putBack(ctx: Context, items: readonly PlacedItem[]): Promise<void> {
  const unmarked = ({ entity: _entity, ...item }: PlacedItem) => item
  await writeItems(
    ctx,
    items.map((item) => putting(isEvent(item) ? unmarked(item) : item)),
  )
  await writeItems(ctx, items.filter(isEvent).map(putting))
}

/** The tenant itself is put back last, with what stands under `SYS#`: before that nobody gets in and no job finds it. */
async function putItems(ctx: Context, system: SystemContext, place: CopyPlace, folder: string): Promise<Tally> {
  const { pk, sk } = tenantItem(ctx)
  const tally = tallyOfLines()
  const last: PlacedItem[] = []
  let waiting: PlacedItem[] = []
  for await (const line of copiedLines(place, folder)) {
    tally.add(line)
    const item = itemOfLine(line)
    if (item.pk.S.startsWith(systemPrefix) || (item.pk.S === pk && item.sk.S === sk)) last.push(item)
    else waiting.push(item)
    if (waiting.length < atOnce) continue
    await putBack(ctx, waiting)
    waiting = []
  }
  await putBack(ctx, waiting)
  const isSystem = (item: PlacedItem) => !item.pk.S.startsWith(tenantPrefix(ctx.tenant.id))
  await writeItems(ctx, last.filter((item) => !isSystem(item)).map(putting))
  await writeItems(system, last.filter(isSystem).map(putting))
  return tally.sum()
}

const tenantItem = (ctx: Context) => itemKey(ctx, { pk: ['TENANT'], sk: ['TENANT'] })

/**
 * Puts a copy back that `exportTenant` made, under the tenant's own id. 409 `tenant.exists` where the tenant stands already, since its
 * present items and those of the copy would be mixed. A run that was interrupted is simply run again.
 */
export async function restoreTenant(ctx: Context, system: SystemContext, place: CopyPlace, folder: string): Promise<Tally> {
  const { pk, sk } = tenantItem(ctx)
  if (await wholeItem(ctx, { pk: { S: pk }, sk: { S: sk } }))
    throw new Problem(
      'conflict',
      'tenant.exists',
      `The tenant ${ctx.tenant.id} stands in this table. Delete it first, or use another table.`,
    )
  const files = copiedFile(folder, '')
  for await (const key of place.list(files)) await ctx.files.write(key.slice(files.length), 'application/octet-stream', place.read(key))
  return putItems(ctx, system, place, folder)
}
