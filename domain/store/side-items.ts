import type { Context } from '../kernel/context.ts'
import { StaleWrite } from '../kernel/errors.ts'
import { cardAttribute } from './card.ts'
import { type CountLimit, countAction } from './count.ts'
import { dueKey, type EntityDefinition, type Guard, itemKey, type Stored } from './entity-definition.ts'
import { guardKey } from './guard.ts'
import { joinParts, tenantKey } from './keys.ts'
import type { Action } from './write.ts'

const guardAction = (ctx: Context, guard: Guard, id: string): Action => ({
  ...itemKey(ctx, guardKey(guard.name, guard.value)),
  put: { Item: { entity: 'guard', ref: id } },
  condition: 'attribute_not_exists(pk)',
  onFail: (item) => guard.taken(String(item?.ref ?? '')),
})

const guardRelease = (ctx: Context, guard: Guard, id: string): Action => ({
  ...itemKey(ctx, guardKey(guard.name, guard.value)),
  delete: true,
  condition: 'attribute_not_exists(pk) OR #ref = :ref',
  names: { '#ref': 'ref' },
  values: { ':ref': id },
  onFail: () => new StaleWrite(),
})

/** The side items of a record: guards, due entries, pointers, cards and entries, by their key. */
function sideItems<T extends Stored>(ctx: Context, definition: EntityDefinition<T>, record: T | undefined) {
  const side = new Map<string, { place: Action; lift: Action; body: string }>()
  if (!record) return side
  const add = (place: Action, lift: Action) =>
    side.set(`${place.pk}\n${place.sk}`, { place, lift, body: JSON.stringify(place.put ?? place.entry) })
  for (const guard of definition.guards?.(record) ?? []) add(guardAction(ctx, guard, record.id), guardRelease(ctx, guard, record.id))
  for (const entry of definition.due?.(record) ?? []) {
    const key = itemKey(ctx, dueKey(entry))
    const { owner: _owner, data, ...rest } = entry
    add({ ...key, put: { Item: { entity: 'due', ...rest, ...data } } }, { ...key, delete: true })
  }
  for (const pointer of definition.pointers?.(record) ?? []) {
    const key = itemKey(ctx, pointer.key)
    const gsi2 = pointer.gsi2 ? { gsi2pk: tenantKey(ctx, pointer.gsi2.pk), gsi2sk: joinParts(pointer.gsi2.sk) } : {}
    add({ ...key, put: { Item: { entity: 'pointer', ref: record.id, ...gsi2 } } }, { ...key, delete: true })
  }
  for (const card of definition.cards?.(record) ?? []) {
    const key = itemKey(ctx, card.key)
    add({ ...key, put: { Item: { [cardAttribute]: card.text } } }, { ...key, delete: true })
  }
  for (const { key, attribute, text } of definition.entries?.(record) ?? []) {
    const place = itemKey(ctx, key)
    add({ ...place, entry: { set: { [attribute]: text }, remove: [] } }, { ...place, entry: { set: {}, remove: [attribute] } })
  }
  return side
}

/** Only what differs between the two states is written: a changed date moves one due entry, a kept tax number costs nothing. */
export function sideActions<T extends Stored>(
  ctx: Context,
  definition: EntityDefinition<T>,
  before: T | undefined,
  after: T | undefined,
): Action[] {
  const old = sideItems(ctx, definition, before)
  const next = sideItems(ctx, definition, after)
  const actions: Action[] = []
  for (const [key, item] of next) if (old.get(key)?.body !== item.body) actions.push(item.place)
  for (const [key, item] of old) if (!next.has(key)) actions.push(item.lift)
  return actions
}

/** Counts that the change moves; `limit` holds for those that grow. */
export function countActions<T extends Stored>(
  ctx: Context,
  definition: EntityDefinition<T>,
  before: T | undefined,
  after: T | undefined,
  limit?: CountLimit,
): Action[] {
  const counts = (record: T | undefined) =>
    new Map((record && definition.counts ? definition.counts(record) : []).map((count) => [`${count.name}\n${count.of}`, count]))
  const [old, next] = [counts(before), counts(after)]
  const left = [...old].filter(([key]) => !next.has(key)).map(([, count]) => countAction(ctx, count, -1))
  const joined = [...next].filter(([key]) => !old.has(key)).map(([, count]) => countAction(ctx, count, 1, limit))
  return [...left, ...joined]
}
