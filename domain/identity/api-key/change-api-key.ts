import type * as z from 'zod'
import { ApiKeyCreated, ApiKeyRevoked, ApiKeyRotated } from '../../../events/identity.ts'
import type { Context } from '../../kernel/context.ts'
import { callerOf } from '../../kernel/context.ts'
import { Problem } from '../../kernel/errors.ts'
import { compact } from '../../kernel/merge-patch.ts'
import type { ListInput, ListSpec, Page } from '../../kernel/paging.ts'
import { requireDistinct } from '../../kernel/parse-input.ts'
import { newSecret, sha256 } from '../../kernel/signing.ts'
import { commit } from '../../store/commit.ts'
import { recordOf } from '../../store/entity.ts'
import { listPage } from '../../store/list.ts'
import { get } from '../../store/read.ts'
import { newRecord, requireVersion } from '../../store/record.ts'
import { systemDelete, systemOf, systemPut } from '../../store/system.ts'
import { forgetCallers } from '../caller/cache.ts'
import { confirmActor } from '../caller/confirm-actor.ts'
import { allowed, type Permission } from '../permissions.ts'
import { apiKeys, apiKeysPartition, keyHashEntry } from './api-key.table.ts'
import type { ApiKey, CreateApiKey } from './api-key.ts'

type WithSecret = ApiKey & { secret: string }

/** A rotated key keeps working this long, so that programs can be given the new one without a gap. */
const overlapMilliseconds = 60 * 60 * 1000

const newKey = (test: boolean | undefined) => `gx_${test ? 'test' : 'live'}_${newSecret()}`

/** A key never opens more than who hands it out: 403 naming the scopes that the actor does not have. */
function requireWithinOwn(ctx: Context, scopes: Permission[]): void {
  const code = 'api-key.scope-exceeded'
  const message = 'You do not have this permission yourself.'
  const errors = scopes.flatMap((scope, i) => (allowed(ctx.actor, scope) ? [] : [{ pointer: `/scopes/${i}`, code, message }]))
  if (errors.length > 0) throw new Problem('forbidden', code, 'A key can only be given permissions that you have yourself.', { errors })
}

/** The hash entry is written before the key: an entry without a key opens nothing. */
async function announce(ctx: Context, keyId: string, hash: string): Promise<void> {
  await systemPut(systemOf(ctx), keyHashEntry(hash), { entity: 'api-key-hash', tenantId: ctx.tenant.id, keyId })
}

/**
 * Takes away hash entries that lead nowhere any more. They open nothing, so one that cannot be deleted is left: the change is
 * done by now, and failing would keep the caller from hearing of it, with a secret that is told once.
 */
async function forgetHashes(ctx: Context, hashes: (string | undefined)[]): Promise<void> {
  const gone = hashes.filter((hash) => hash !== undefined)
  await Promise.allSettled(gone.map((hash) => systemDelete(systemOf(ctx), keyHashEntry(hash))))
}

/** Makes an API key that acts for its maker within the given scopes. The key itself is in the answer, this once. */
export async function createApiKey(ctx: Context, input: z.output<typeof CreateApiKey>): Promise<WithSecret> {
  requireDistinct(input.scopes, '/scopes')
  await confirmActor(ctx, 'api-keys.write')
  requireWithinOwn(ctx, input.scopes)
  const secret = newKey(input.test ?? false)
  const key = {
    ...compact(input),
    ...newRecord(ctx, 'key'),
    userId: callerOf(ctx),
    hash: sha256(secret),
    hint: secret.slice(-4),
  } as ApiKey
  await announce(ctx, key.id, key.hash)
  await commit(ctx, [apiKeys.create(key)], [ApiKeyCreated({ type: 'api-key', id: key.id }, { scopes: key.scopes })], {
    result: { ...key, secret },
  })
  return { ...key, secret }
}

/**
 * Gives the key a new secret; the former one works for one more hour. The secret speaks for the key's user, so only that
 * user may have it: 403 `api-key.not-yours` for others, who may revoke the key.
 */
export async function rotateApiKey(ctx: Context, { id }: { id: string }): Promise<WithSecret> {
  await confirmActor(ctx, 'api-keys.write')
  const before = await get(ctx, apiKeys, id, { consistent: true })
  if (before.userId !== ctx.actor.userId)
    throw new Problem('forbidden', 'api-key.not-yours', 'Only the user that this key acts for may rotate it. You may revoke it.')
  requireWithinOwn(ctx, before.scopes)
  const secret = newKey(before.test)
  const formerUntil = new Date(Date.parse(ctx.now()) + overlapMilliseconds).toISOString()
  const write = apiKeys.replace(ctx, before, {
    ...before,
    hash: sha256(secret),
    hint: secret.slice(-4),
    formerHash: before.hash,
    formerUntil,
  })
  await announce(ctx, id, write.result.hash)
  const result = { ...write.result, secret }
  await commit(ctx, [write], [ApiKeyRotated({ type: 'api-key', id }, {})], { result })
  forgetCallers(ctx.tenant.id)
  await forgetHashes(ctx, [before.formerHash])
  return result
}

/** Ends a key: within 60 seconds everywhere, at once in the process that did it. */
export async function revokeApiKey(ctx: Context, { id, ifMatch }: { id: string; ifMatch?: string | undefined }): Promise<void> {
  await confirmActor(ctx, 'api-keys.write')
  const key = await get(ctx, apiKeys, id, { consistent: true })
  requireVersion(key, ifMatch)
  await commit(ctx, [apiKeys.remove(key)], [ApiKeyRevoked({ type: 'api-key', id }, {})])
  forgetCallers(ctx.tenant.id)
  await forgetHashes(ctx, [key.hash, key.formerHash])
}

export const getApiKey = (ctx: Context, { id }: { id: string }): Promise<ApiKey> => get(ctx, apiKeys, id)

export const apiKeyList = { filters: {}, sorts: ['createdAt', '-createdAt'] } as const satisfies ListSpec

/** The tenant's API keys, without their secrets. */
export async function listApiKeys(ctx: Context, input: ListInput): Promise<Page<ApiKey>> {
  const page = await listPage(ctx, 'api-keys', [{ partition: apiKeysPartition, reverse: input.sort === '-createdAt' }], input)
  return { ...page, data: page.data.map((item) => recordOf(apiKeys, item)) }
}
