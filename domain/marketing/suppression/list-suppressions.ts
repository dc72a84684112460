import type { Context } from '../../kernel/context.ts'
import { firstIdAt } from '../../kernel/ids.ts'
import { instantOperators, instantRange } from '../../kernel/instant-range.ts'
import { type ListInput, type ListSpec, type Page, requireServed } from '../../kernel/paging.ts'
import { recordOf } from '../../store/entity.ts'
import { findByExternalId } from '../../store/external-id.ts'
import { listPage } from '../../store/list.ts'
import { find } from '../../store/read.ts'
import { allSuppressions, suppressions, suppressionsOf } from './suppression.table.ts'
import type { Suppression } from './suppression.ts'

export const suppressionList = {
  filters: { email: ['eq'], createdAt: instantOperators, externalId: ['eq'] },
  sorts: ['-createdAt', 'createdAt'],
} as const satisfies ListSpec

const ways = [['email', 'createdAt'], ['externalId']]

/** The list by creation, newest first unless asked otherwise: all (gsi1), those of one address (gsi2), one by its externalId. */
export async function listSuppressions(ctx: Context, input: ListInput): Promise<Page<Suppression>> {
  const { filter, sort } = input
  requireServed(filter, ways)
  if (filter.externalId?.eq !== undefined) {
    const id = await findByExternalId(ctx, 'suppression', filter.externalId.eq)
    const one = id ? await find(ctx, suppressions, id) : undefined
    return { data: one ? [one] : [], page: { next: null } }
  }
  const span = { ...instantRange(filter, 'createdAt', (instant) => firstIdAt('sup', instant)), reverse: sort === '-createdAt' }
  const email = filter.email?.eq?.trim().toLowerCase()
  const range =
    email === undefined
      ? { ...span, index: 'gsi1' as const, partition: allSuppressions }
      : { ...span, index: 'gsi2' as const, partition: suppressionsOf(email) }
  const page = await listPage(ctx, 'suppressions', [range], input)
  return { ...page, data: page.data.map((item) => recordOf(suppressions, item)) }
}
