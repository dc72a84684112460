import type { Context } from '../../kernel/context.ts'
import { defineEntity, recordOf } from '../../store/entity.ts'
import { externalIdGuard } from '../../store/external-id.ts'
import { queryAll } from '../../store/query.ts'
import type { SystemKey } from '../../store/system.ts'
import type { ApiKey } from './api-key.ts'

export const apiKeysPartition = ['API-KEYS']

export const apiKeys = defineEntity<ApiKey>({
  type: 'api-key',
  prefix: 'key',
  schemaVersion: 1,
  key: (id) => ({ pk: apiKeysPartition, sk: [id] }),
  guards: (key) => externalIdGuard('api-key', key.externalId),
})

/** Where the authorizer finds a key by its hash, before it knows the tenant. Holds tenantId and keyId. */
export const keyHashEntry = (hash: string): SystemKey => ({ pk: ['KEY', hash] })

/** Access pattern: all API keys of the tenant, read consistently; one Query. */
export const allApiKeys = async (ctx: Context): Promise<ApiKey[]> =>
  (await queryAll(ctx, { partition: apiKeysPartition }, { consistent: true })).map((item) => recordOf(apiKeys, item))
