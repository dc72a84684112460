import type { PublishedEvent } from '../../../events/define.ts'
import { ApiKeyRevoked } from '../../../events/identity.ts'
import type { Context, SystemContext } from '../../kernel/context.ts'
import { systemDelete } from '../../store/system.ts'
import type { Write } from '../../store/write.ts'
import { allApiKeys, apiKeys, keyHashEntry } from './api-key.table.ts'

/**
 * Ends the API keys that act for a user, as part of a commit; up to `most` of them. They open nothing since the user has no
 * access: this keeps them from opening again if the user is let in again one day.
 */
export async function endKeysOf(
  ctx: Context,
  system: SystemContext,
  userId: string,
  most: number,
): Promise<{ writes: Write[]; events: PublishedEvent[] }> {
  const keys = (await allApiKeys(ctx)).filter((key) => key.userId === userId).slice(0, most)
  // The entry that leads to a key goes first: a key without one opens nothing, and the other way round it would be left over.
  for (const { hash, formerHash } of keys) for (const one of [hash, formerHash]) if (one) await systemDelete(system, keyHashEntry(one))
  return { writes: keys.map((key) => apiKeys.remove(key)), events: keys.map(({ id }) => ApiKeyRevoked({ type: 'api-key', id }, {})) }
}
