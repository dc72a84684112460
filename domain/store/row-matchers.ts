import type { Context } from '../kernel/context.ts'
import { invalid } from '../kernel/errors.ts'
import type { Values } from '../kernel/transfer-kind.ts'
import type { EntityDefinition, Stored } from './entity-definition.ts'
import { findGuarded } from './guard.ts'
import { find } from './read.ts'

/** How a row of a sheet finds the record that it means. */
type Matcher = (ctx: Context, values: Values) => Promise<string[]>

/** By the id in its cell. 422 `row.id-unknown` where there is no such record: nobody makes up ids. */
export const matchById =
  <T extends Stored>(entity: EntityDefinition<T>): Matcher =>
  async (ctx, { id }) => {
    if (await find(ctx, entity, String(id))) return [String(id)]
    throw invalid('row.id-unknown', '/id', `There is no ${entity.type} with this id. Leave the cell empty to create a new one.`)
  }

/** By a value that one record alone may have, read from its guard: of the row before, too, that has just been written. */
export const matchByGuard =
  (guard: string, valueIn: (values: Values) => unknown): Matcher =>
  async (ctx, values) => {
    const id = await findGuarded(ctx, guard, String(valueIn(values)), true)
    return id ? [id] : []
  }

/** By the callers' own key. */
export const matchByExternalId = ({ type }: { type: string }): Matcher =>
  matchByGuard(`${type}-external-id`, ({ externalId }) => externalId)
