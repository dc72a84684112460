import type { Context } from '../../domain/kernel/context.ts'
import { Problem } from '../../domain/kernel/errors.ts'
import { defineEntity } from '../../domain/store/entity.ts'
import type { Stored } from '../../domain/store/entity-definition.ts'
import { newRecord } from '../../domain/store/record.ts'
import { TenantChanged } from '../../events/identity.ts'
import { newTenant } from './tenant.ts'

/** A record of nothing in particular, with one of everything the store knows. */
export interface Thing extends Stored {
  name?: string
  code?: string
  owner?: string
  dueOn?: string
  sharedWith?: string[]
}

export const things = defineEntity<Thing>({
  type: 'thing',
  prefix: 'thg',
  schemaVersion: 2,
  key: (id) => ({ pk: ['THINGS'], sk: [id] }),
  gsi1: (thing) => (thing.name ? { pk: ['THING-NAMES'], sk: [thing.name, thing.id] } : undefined),
  gsi2: (thing) => (thing.owner ? { pk: ['THING-OWNER', thing.owner], sk: [thing.id] } : undefined),
  guards: (thing) =>
    thing.code === undefined
      ? []
      : [{ name: 'thing-code', value: thing.code, taken: (id) => new Problem('conflict', 'thing.code-taken', `${id} has it.`) }],
  due: (thing) =>
    thing.dueOn && thing.owner ? [{ owner: thing.owner, on: thing.dueOn, kind: 'thing', id: thing.id, data: { name: thing.name } }] : [],
  pointers: (thing) =>
    (thing.sharedWith ?? []).map((user) => ({
      key: { pk: ['THINGS'], sk: [thing.id, 'WITH', user] },
      gsi2: { pk: ['THING-OWNER', user], sk: [thing.id] },
    })),
  upgrade: (item, from) => ({ ...item, name: `${String(item.name)} of version ${from}` }),
})

export const thing = (ctx: Context, fields: Partial<Thing> = {}): Thing => ({ ...newRecord(ctx, 'thg'), ...fields })

export const happened = (id: string) => TenantChanged({ type: 'tenant', id }, { changed: ['name'] })

/** A context of a tenant of its own. */
export async function context(): Promise<Context> {
  const { admin, as } = await newTenant()
  return as(admin)
}
