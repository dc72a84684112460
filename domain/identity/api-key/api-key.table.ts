import { defineEntity } from '../../store/entity.ts'
import { externalIdGuard } from '../../store/external-id.ts'
import type { SystemKey } from '../../store/system.ts'
import type { ApiKey } from './api-key.ts'

export const apiKeys = defineEntity<ApiKey>({
  type: 'api-key',
  prefix: 'key',
  schemaVersion: 1,
  key: (id) => ({ pk: ['API-KEYS'], sk: [id] }),
  guards: (key) => externalIdGuard('api-key', key.externalId),
})

/** Where the authorizer finds a key by its hash, before it knows the tenant. Holds tenantId and keyId. */
export const keyHashEntry = (hash: string): SystemKey => ({ pk: ['KEY', hash] })
