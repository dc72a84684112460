import type { Context } from '../../kernel/context.ts'
import { changeItem } from '../../store/change-item.ts'
import { commit } from '../../store/commit.ts'
import { recordOf } from '../../store/entity.ts'
import { deleting, type PlacedItem, wholeItem, writeItems } from '../../store/whole-items.ts'
import { itemOfWire } from '../../store/wire-item.ts'
import { files, storedAt } from '../file/file.table.ts'
import { filePrefixes, type TenantParts } from '../tenant-copy/tenant-parts.ts'
import { lookedFor } from './looked-for.ts'
import { type Eraser, erased, eraserOf, type Person } from './person.ts'
import { answerOf, isAbout, isPersonInKey, withoutPerson } from './person-in-item.ts'
import type { PersonKind } from './person-kind.ts'

/** The person's own records and addresses: what removes them, at last, removes all by which they are found too. */
function isRemovedLast(item: PlacedItem, person: Person, erase: Eraser): boolean {
  const entity = item.entity?.S ?? ''
  if (['contact', 'lead', 'user'].includes(entity)) return person.ids.includes(item.id?.S ?? '')
  return entity === 'guard' || (entity === 'suppression' && isPersonInKey(item, erase))
}

/** What an activity with the person says is about it, whatever words it uses. */
function silentActivity({ outcome: _outcome, location: _location, contactId: _contactId, ...item }: PlacedItem): PlacedItem {
  return { ...item, summary: { S: erased } } as PlacedItem
}

/** The item as it may stay; undefined when it may not. */
function afterOf(item: PlacedItem, person: Person, erase: Eraser): PlacedItem | undefined {
  const entity = item.entity?.S ?? ''
  if (entity === 'event' || isRemovedLast(item, person, erase)) return item
  if (entity === 'idempotency') {
    const answer = answerOf(item)
    return erase(answer) === answer && !person.ids.some((id) => answer.includes(id)) ? item : { ...item, body: { S: '{}' } }
  }
  if (entity === 'import-row' && isAbout(item, person) && item.before) return { ...item, before: { M: {} } }
  if (isPersonInKey(item, erase)) return undefined
  return withoutPerson(entity === 'activity' && isAbout(item, person) ? silentActivity(item) : item, erase)
}

async function eraseIn(ctx: Context, item: PlacedItem, person: Person, erase: Eraser): Promise<void> {
  if (item.entity?.S === files.type && isAbout(item, person)) {
    const record = recordOf(files, itemOfWire(item))
    await ctx.files.remove(storedAt(ctx, record.id))
    await commit(ctx, [files.remove(record)], [])
    return
  }
  const after = afterOf(item, person, erase)
  if (!after) return writeItems(ctx, [deleting(item)])
  if (JSON.stringify(after) === JSON.stringify(item) || (await changeItem(ctx, item, after))) return
  const now = await wholeItem(ctx, item)
  if (now) await eraseIn(ctx, now, person, erase)
}

/** Sheets that came and went and printed documents pass by themselves; nobody can tell from outside whom they name. */
async function forgetPassingFiles(ctx: Context): Promise<void> {
  for (const prefix of filePrefixes(ctx).filter((one) => /^(imports|exports|printed)\//.test(one)))
    for await (const key of ctx.files.list(prefix)) await ctx.files.remove(key)
}

/**
 * Erases one person from everything that its tenant has: its records go, with files on them and what was written down with it; what
 * others say loses its name, telephones, addresses and accounts. Orders, shipments and the books keep the firm. Every item is looked at,
 * found by Query alone. Run again, it goes on: what says who the person is, and what was said with it, goes last.
 */
export async function erasePerson(ctx: Context, parts: TenantParts, kind: PersonKind, id: string): Promise<void> {
  const person = await kind.read(ctx, id)
  const atHome = eraserOf(person, true)
  const spoken: PlacedItem[] = []
  for await (const { item, erase } of lookedFor(ctx, parts, person))
    if (item.entity?.S === 'activity' && isAbout(item, person)) spoken.push(item)
    else await eraseIn(ctx, item, person, erase)
  for (const item of spoken) await eraseIn(ctx, item, person, atHome)
  await forgetPassingFiles(ctx)
  await kind.remove(ctx, person)
}
