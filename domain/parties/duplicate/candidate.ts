import { userNames } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { reachOf, sightOf } from '../customer/access.ts'
import type { DuplicateCandidate } from './duplicate-candidate.ts'
import type { Candidate } from './find-duplicates.ts'

/** Candidates as the caller may see them: of others' customers only the name, and whose it is. */
export async function shownCandidates(ctx: Context, candidates: readonly Candidate[]): Promise<DuplicateCandidate[]> {
  if (candidates.length === 0) return []
  const [reach, names] = await Promise.all([reachOf(ctx), userNames(ctx)])
  return candidates.map(({ customer, verdict }) => {
    const { id, name, ownerId } = customer
    const isHidden = sightOf(ctx, customer, reach) === 'none'
    return {
      customerId: isHidden ? null : id,
      name,
      owner: ownerId ? { name: names.get(ownerId) ?? '?' } : null,
      pool: !ownerId,
      ...verdict,
    }
  })
}
