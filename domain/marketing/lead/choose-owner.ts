import { knownUsers, requireOwner, scopeOf } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { StaleWrite } from '../../kernel/errors.ts'
import type { CountLimit } from '../../store/count.ts'
import { readCounts } from '../../store/read-counts.ts'
import { takeTurn } from '../../store/turn.ts'
import { groupFor, type LeadRules } from '../lead-rules/lead-rules.ts'
import { openLeadsOf } from './lead.table.ts'
import type { Lead, LeadInput } from './lead.ts'

export interface Chosen {
  ownerId?: string
  /** Holds the commit to what the choice rested on: of many that choose at once, each sees what the others did. */
  limit?: CountLimit
  how: 'by-hand' | 'by-rules'
}

type Places = Pick<Lead, 'city' | 'province' | 'country'>

/** Who has the fewest open leads, by turns where several have; stale when somebody was given another one meanwhile. */
async function fewest(ctx: Context, memberIds: readonly string[], turn: number): Promise<Chosen> {
  const counts = await readCounts(ctx, memberIds.map(openLeadsOf))
  const open = memberIds.map((id, i) => ({ id, count: counts[i]! }))
  const least = Math.min(...open.map(({ count }) => count))
  const first = open.filter(({ count }) => count === least)
  const limit: CountLimit = { most: least + 1, over: () => new StaleWrite() }
  return { ownerId: first[turn % first.length]!.id, limit, how: 'by-rules' }
}

/** Whom the rules give a lead of these places to; nobody when they name nobody who is still there. */
export async function chooseOwner(ctx: Context, { assignment }: LeadRules, places: Places): Promise<Chosen> {
  const group = assignment && groupFor(assignment, places)
  const active = new Set((await knownUsers(ctx)).filter((user) => user.active).map(({ id }) => id))
  const memberIds = (group?.memberIds ?? []).filter((id) => active.has(id))
  if (!assignment || !group || memberIds.length === 0) return { how: 'by-rules' }
  const turn = await takeTurn(ctx, `leads ${group.name}`)
  return assignment.by === 'least-open' ? fewest(ctx, memberIds, turn) : { ownerId: memberIds[turn % memberIds.length]!, how: 'by-rules' }
}

/** Whose a new lead is: who is named (null: nobody), else a rep's own, else by the rules. */
export async function ownerOf(ctx: Context, rules: LeadRules, input: LeadInput): Promise<Chosen> {
  if (input.ownerId === null) return { how: 'by-hand' }
  if (input.ownerId !== undefined) return { ownerId: (await requireOwner(ctx, input.ownerId)).id, how: 'by-hand' }
  if (scopeOf(ctx.actor) === 'own' && ctx.actor.userId) return { ownerId: ctx.actor.userId, how: 'by-hand' }
  const { city, province, country } = input
  return chooseOwner(ctx, rules, { city: city ?? undefined, province: province ?? undefined, country: country ?? undefined })
}
