import type { Context } from '../../kernel/context.ts'
import type { ListInput, ListSpec, Page } from '../../kernel/paging.ts'
import { recordOf } from '../../store/entity.ts'
import { listPage } from '../../store/list.ts'
import { get } from '../../store/read.ts'
import { handovers, handoversPartition } from './handover.table.ts'
import type { Handover } from './handover.ts'

/** A handover with how far it came and what went to whom. */
export const getHandover = (ctx: Context, { id }: { id: string }): Promise<Handover> => get(ctx, handovers, id)

export const handoverList = { filters: {}, sorts: ['-createdAt', 'createdAt'] } as const satisfies ListSpec

/** All handovers of the firm. */
export async function listHandovers(ctx: Context, input: ListInput): Promise<Page<Handover>> {
  const page = await listPage(ctx, 'handovers', [{ partition: handoversPartition, reverse: input.sort === '-createdAt' }], input)
  return { ...page, data: page.data.map((item) => recordOf(handovers, item)) }
}
