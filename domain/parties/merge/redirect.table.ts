import type { Context } from '../../kernel/context.ts'
import { defineEntity } from '../../store/entity.ts'
import { itemKey } from '../../store/entity-definition.ts'
import { externalIdGuard } from '../../store/external-id.ts'
import { queryAll, type Range } from '../../store/query.ts'
import { type Redirect, redirectType } from '../../store/redirect.ts'
import type { Write } from '../../store/write.ts'
import { customerPartition } from '../customer/customer.table.ts'
import { entriesOf } from '../duplicate/party-keys.ts'

/** At the key of a customer that was merged away. Its externalId is kept where the survivor has one of its own, and leads there. */
export interface CustomerRedirect extends Redirect {
  mergeId: string
  externalId?: string
  /** The duplicate check finds it as before, and by it the survivor. */
  foundBy?: string[]
  foundAs?: string
}

export const mergedAway = ['CUS-MERGED']

/** Access pattern: all customers that were merged away, with those that have their things now; one Query. */
export const allRedirects: Range = { index: 'gsi1', partition: mergedAway }

export const redirects = defineEntity<CustomerRedirect>({
  type: redirectType,
  prefix: 'cus',
  schemaVersion: 1,
  key: (id) => ({ pk: customerPartition(id), sk: ['CUS'] }),
  entries: ({ id, foundBy = [], foundAs = '' }) => entriesOf(id, foundBy, foundAs),
  gsi1: ({ id }) => ({ pk: mergedAway, sk: [id] }),
  guards: (redirect) => externalIdGuard('customer', redirect.externalId),
})

const marks = (customerId: string) => ({ partition: customerPartition(customerId), prefix: ['ABS'] })

/**
 * A mark in the partition of a customer for each one merged into it. The customer knows them too; the marks outlive it, so that
 * all that belonged to it can be found when it is deleted, and its audit entries after that.
 */
export const absorbedMark = (customerId: string, absorbedId: string, stands: boolean): Write => ({
  result: undefined,
  actions: (ctx) => {
    const key = itemKey(ctx, { pk: customerPartition(customerId), sk: ['ABS', absorbedId] })
    return [stands ? { ...key, put: { Item: { entity: 'absorbed', ref: absorbedId } } } : { ...key, delete: true }]
  },
})

/** Ids of the customers that were merged into one, also when that was deleted since. */
export async function absorbedBy(ctx: Context, customerId: string): Promise<string[]> {
  return (await queryAll(ctx, marks(customerId), { consistent: true })).map((item) => item.ref as string)
}
