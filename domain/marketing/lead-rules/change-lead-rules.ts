import type * as z from 'zod'
import { LeadRulesChanged } from '../../../events/leads.ts'
import { knownUsers } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { invalid, notFound } from '../../kernel/errors.ts'
import { changedFields, mergePatch } from '../../kernel/merge-patch.ts'
import { requireDistinct } from '../../kernel/parse-input.ts'
import { commit } from '../../store/commit.ts'
import { defineEntity, recordOf } from '../../store/entity.ts'
import { readItems } from '../../store/read-items.ts'
import { newRecord, requireVersion } from '../../store/record.ts'
import { checkLeadTree } from '../lead/lead-facts.ts'
import { type ChangeLeadRules, type LeadRules, LeadRulesRecord } from './lead-rules.ts'

export const leadRulesKey = { pk: ['LEAD-RULES'], sk: ['LEAD-RULES'] }

/** The rules of a tenant are one item. */
const leadRules = defineEntity<LeadRules>({ type: 'lead-rules', prefix: 'lrl', schemaVersion: 1, key: () => leadRulesKey })

/** What stands while nobody has set anything. */
const unset = (ctx: Context): LeadRules => ({ ...newRecord(ctx, 'lrl'), version: 0 })

/** The rules as they are; none while nobody has set any. 0.5 RRU. */
export async function readLeadRules(ctx: Context, options: { consistent?: boolean } = {}): Promise<LeadRules> {
  const [item] = await readItems(ctx, [leadRulesKey], options)
  return item ? recordOf(leadRules, item) : unset(ctx)
}

/** 422 for a tree that cannot be judged or somebody twice; 404 for a member there is not, 422 for one who has left. */
async function requireSound(ctx: Context, { scoring = [], assignment }: LeadRules): Promise<void> {
  for (const [i, { where }] of scoring.entries()) checkLeadTree(ctx, where, ['scoring', String(i), 'where'])
  const users = new Map((await knownUsers(ctx)).map((user) => [user.id, user]))
  const groups = [
    { memberIds: assignment?.memberIds ?? [], at: '/assignment/memberIds' },
    ...(assignment?.regions ?? []).map(({ memberIds }, i) => ({ memberIds, at: `/assignment/regions/${i}/memberIds` })),
  ]
  for (const { memberIds, at } of groups) {
    requireDistinct(memberIds, at)
    for (const [i, id] of memberIds.entries()) {
      const user = users.get(id)
      if (!user) throw notFound('user', `${at}/${i}`)
      if (!user.active) throw invalid('user.inactive', `${at}/${i}`, 'This user is not active any more. Name somebody who is.')
    }
  }
}

/** Changes the rules by merge patch; a list takes the place of the former one as a whole. */
export async function changeLeadRules(
  ctx: Context,
  { changes, ifMatch }: { changes: z.output<typeof ChangeLeadRules>; ifMatch?: string | undefined },
): Promise<LeadRules> {
  const before = await readLeadRules(ctx, { consistent: true })
  requireVersion(before, ifMatch)
  const after = mergePatch(LeadRulesRecord, before, changes)
  const changed = changedFields(before, after)
  if (changed.length === 0) return before
  await requireSound(ctx, after)
  const write = before.version === 0 ? leadRules.create({ ...after, version: 1 }) : leadRules.replace(ctx, before, after)
  return commit(ctx, [write], [LeadRulesChanged({ type: 'lead-rules', id: after.id }, { changed })])
}

export const getLeadRules = (ctx: Context): Promise<LeadRules> => readLeadRules(ctx)
