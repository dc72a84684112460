import type { Context } from '../kernel/context.ts'
import type { Page } from '../kernel/paging.ts'
import type { EntityDefinition, Stored } from '../store/entity-definition.ts'
import { findByExternalId } from '../store/external-id.ts'
import { find } from '../store/read.ts'
import { rowsInSight } from './customer/access.ts'

/** A list filtered by externalId: at most one thing of a customer, if the caller may see the customer. Three calls. */
export async function pageByExternalId<T extends Stored & { customerId: string }>(
  ctx: Context,
  entity: EntityDefinition<T>,
  externalId: string,
): Promise<Page<T>> {
  const id = await findByExternalId(ctx, entity.type, externalId)
  const record = id ? await find(ctx, entity, id) : undefined
  return { data: record ? await rowsInSight(ctx, [record]) : [], page: { next: null } }
}
