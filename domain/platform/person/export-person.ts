import type { Context } from '../../kernel/context.ts'
import type { PlacedItem } from '../../store/whole-items.ts'
import { itemOfWire, type WireItem } from '../../store/wire-item.ts'
import type { TenantParts } from '../tenant-copy/tenant-parts.ts'
import { lookedFor } from './looked-for.ts'
import type { Eraser, Person } from './person.ts'
import { isAbout, withoutPerson, withRows } from './person-in-item.ts'
import type { PersonKind } from './person-kind.ts'

/** Something that a tenant holds of a person: all of a record that is about it, of others what names it. */
interface Held {
  kind: string
  id: string | null
  fields: Record<string, unknown>
}

const inner = new Set(['pk', 'sk', 'gsi1pk', 'gsi1sk', 'gsi2pk', 'gsi2sk', 'entity', 'schema', 'foundBy', 'hash', 'signingKey'])
/** Copies of what stands elsewhere, and answers that are kept for a day. */
const copies = new Set(['idempotency', 'guard', 'event'])

function heldIn(item: PlacedItem, person: Person, erase: Eraser): Held | undefined {
  if (!item.entity?.S || copies.has(item.entity.S)) return undefined
  const after = withoutPerson(item, erase) as WireItem
  const named = (name: string) => isAbout(item, person) || JSON.stringify(after[name]) !== JSON.stringify(item[name])
  const fields = Object.entries(itemOfWire(item)).filter(([name]) => !inner.has(name) && named(name))
  return fields.length === 0 ? undefined : { kind: item.entity.S, id: item.id?.S ?? null, fields: Object.fromEntries(fields) }
}

/** Everything that a tenant holds of one person, in one answer: what it would be without is what `erasePerson` leaves. */
export async function exportPerson(
  ctx: Context,
  parts: TenantParts,
  kind: PersonKind,
  id: string,
): Promise<{ ids: readonly string[]; held: Held[] }> {
  const person = await kind.read(ctx, id)
  const held: Held[] = []
  for await (const { item, erase } of lookedFor(ctx, parts, person)) {
    const found = heldIn(withRows(item), person, erase)
    if (found) held.push(found)
  }
  return { ids: person.ids, held }
}
