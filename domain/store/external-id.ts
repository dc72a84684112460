import type { Context } from '../kernel/context.ts'
import { Problem } from '../kernel/errors.ts'
import type { Guard } from './entity-definition.ts'
import { findGuarded } from './guard.ts'

/** The guard of a caller's own key: unique per tenant and type. */
export function externalIdGuard(type: string, externalId: string | undefined): Guard[] {
  if (externalId === undefined) return []
  const code = `${type}.external-id-taken`
  const taken = () =>
    new Problem('conflict', code, `Another ${type} has this externalId.`, {
      errors: [{ pointer: '/externalId', code, message: 'It must be unique.' }],
    })
  return [{ name: `${type}-external-id`, value: externalId, taken }]
}

/** The id of the record with that externalId, if there is one. One get, 0.5 RRU. */
export const findByExternalId = (ctx: Context, type: string, externalId: string): Promise<string | undefined> =>
  findGuarded(ctx, `${type}-external-id`, externalId)
