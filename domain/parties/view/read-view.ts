import { knownUsers, managersAbove, teamOf } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { callerOf } from '../../kernel/context.ts'
import { invalid, notFound } from '../../kernel/errors.ts'
import type { ListInput, ListSpec, Page } from '../../kernel/paging.ts'
import { recordOf } from '../../store/entity.ts'
import { listPage } from '../../store/list.ts'
import type { Range } from '../../store/query.ts'
import { find } from '../../store/read.ts'
import { views, viewsOf } from './view.table.ts'
import type { SearchNoun, View } from './view.ts'

/** A view that the caller may use: its own, one of its team, or everybody's. 404 otherwise. */
export async function usableView(ctx: Context, id: string, options: { consistent?: boolean; pointer?: string } = {}): Promise<View> {
  const view = await find(ctx, views, id, options)
  const isMine = async ({ shared, ownerId, teamId }: View) => {
    if (shared === 'tenant' || ownerId === callerOf(ctx)) return true
    return shared === 'team' && teamOf(await knownUsers(ctx), teamId ?? ownerId).has(callerOf(ctx))
  }
  if (!view || !(await isMine(view))) throw notFound('view', options.pointer)
  return view
}

/** The view that a search names; 422 when it is one of another noun. It shows nobody more than they see without it. */
export async function searchedView(ctx: Context, id: string, noun: SearchNoun): Promise<View> {
  const view = await usableView(ctx, id, { pointer: '/viewId' })
  if (view.noun !== noun) throw invalid('view.other-noun', '/viewId', `This view is one of ${view.noun}, not of ${noun}.`)
  return view
}

export const getView = (ctx: Context, { id }: { id: string }): Promise<View> => usableView(ctx, id)

export const viewList = { filters: {}, sorts: ['createdAt', '-createdAt'] } as const satisfies ListSpec

/** The views that the caller may use, merged: its own, those of the teams it belongs to, and everybody's. */
export async function listViews(ctx: Context, input: ListInput): Promise<Page<View>> {
  const leaders = managersAbove(await knownUsers(ctx), callerOf(ctx)).map(({ id }) => viewsOf.team(id))
  const partitions = [viewsOf.user(callerOf(ctx)), viewsOf.tenant, ...leaders]
  const ranges = partitions.map((partition): Range => ({ index: 'gsi1', partition, reverse: input.sort === '-createdAt' }))
  const page = await listPage(ctx, 'views', ranges, input)
  return { ...page, data: page.data.map((item) => recordOf(views, item)) }
}
