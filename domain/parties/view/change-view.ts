import type * as z from 'zod'
import { ViewChanged, ViewCreated, ViewDeleted } from '../../../events/parties.ts'
import { allowed, knownUsers, requirePermission, teamOf } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { callerOf } from '../../kernel/context.ts'
import { invalid, Problem } from '../../kernel/errors.ts'
import { changedFields, compact, mergePatch } from '../../kernel/merge-patch.ts'
import { commit } from '../../store/commit.ts'
import { newRecord, requireVersion } from '../../store/record.ts'
import { searched } from '../search/nouns.ts'
import { checkedFor, sortableOf } from '../search/prepare-search.ts'
import { sortKeysOf } from '../search/sort.ts'
import { usableView } from './read-view.ts'
import { views } from './view.table.ts'
import { type ChangeView, type CreateView, type View, ViewRecord } from './view.ts'

const subjectOf = (id: string) => ({ type: 'view', id })

/** 422 for a tree, sort or field that the noun does not have, 403 for one that the caller's role does not see. */
function requireSearchable(ctx: Context, { noun, where, sort, fields }: Pick<View, 'noun' | 'where' | 'sort' | 'fields'>): void {
  const { catalogue, answered, permission } = searched[noun]
  requirePermission(ctx.actor, permission)
  if (where) checkedFor(ctx, noun, catalogue, where)
  if (sort) sortKeysOf(sort, sortableOf(catalogue))
  const unknown = (fields ?? []).findIndex((field) => !answered.includes(field))
  if (unknown >= 0)
    throw invalid('view.unknown-field', `/fields/${unknown}`, `There is no such field of ${noun}. Fields are: ${answered.join(', ')}.`)
}

/** Who stands above the team of a person: the person, with people below; else the manager. */
async function leaderOf(ctx: Context, userId: string): Promise<string> {
  const users = await knownUsers(ctx)
  const above = users.find(({ id }) => id === userId)?.managerId
  return teamOf(users, userId).size > 1 ? userId : (above ?? userId)
}

async function withTeam(ctx: Context, { teamId: _former, ...view }: View): Promise<View> {
  return view.shared === 'team' ? { ...view, teamId: await leaderOf(ctx, view.ownerId) } : view
}

/** Saves a search under a name, checked as if it were run. */
export async function createView(ctx: Context, input: z.output<typeof CreateView>): Promise<View> {
  const given = { shared: 'user', ...compact(input), ...newRecord(ctx, 'viw'), ownerId: callerOf(ctx) } as View
  requireSearchable(ctx, given)
  const view = await withTeam(ctx, given)
  return commit(ctx, [views.create(view)], [ViewCreated(subjectOf(view.id), {})])
}

/** Views are changed by who saved them, and by an admin. */
async function changeableView(ctx: Context, id: string): Promise<View> {
  const view = await usableView(ctx, id, { consistent: true })
  if (view.ownerId !== callerOf(ctx) && !allowed(ctx.actor, 'tenant.write'))
    throw new Problem('forbidden', 'view.not-yours', 'Somebody else saved this view. Save one of your own.')
  return view
}

/** Changes a view by merge patch; a tree takes the place of the former one as a whole. */
export async function changeView(
  ctx: Context,
  { id, changes, ifMatch }: { id: string; changes: z.output<typeof ChangeView>; ifMatch?: string | undefined },
): Promise<View> {
  const before = await changeableView(ctx, id)
  requireVersion(before, ifMatch)
  const { where: former, ...rest } = before
  const { where, shared, ...others } = changes
  const tree = where === undefined ? former : (where ?? undefined)
  const merged = mergePatch(ViewRecord, rest, { ...others, shared: shared === null ? 'user' : shared })
  const after = await withTeam(ctx, { ...merged, ...(tree ? { where: tree } : {}) })
  requireSearchable(ctx, after)
  const changed = changedFields(before, after)
  if (changed.length === 0) return before
  return commit(ctx, [views.replace(ctx, before, after)], [ViewChanged(subjectOf(id), { changed })])
}

/** Deletes a view that the caller may change; searches that name it are 404 from then on. */
export async function deleteView(ctx: Context, { id, ifMatch }: { id: string; ifMatch?: string | undefined }): Promise<void> {
  const view = await changeableView(ctx, id)
  requireVersion(view, ifMatch)
  await commit(ctx, [views.remove(view)], [ViewDeleted(subjectOf(id), {})])
}
