import { ApiKey, ApiKeyWithSecret, CreateApiKey } from '../../../domain/identity/api-key/api-key.ts'
import {
  apiKeyList,
  createApiKey,
  getApiKey,
  listApiKeys,
  revokeApiKey,
  rotateApiKey,
} from '../../../domain/identity/api-key/change-api-key.ts'
import { route } from '../route.ts'

export const apiKeyRoutes = [
  route({
    method: 'GET',
    path: '/v1/api-keys',
    summary: 'List API keys',
    description: 'Without the keys themselves, which nobody can read again.',
    permission: 'api-keys.read',
    list: apiKeyList,
    response: ApiKey,
    run: listApiKeys,
  }),
  route({
    method: 'POST',
    path: '/v1/api-keys',
    summary: 'Make an API key',
    description: 'The key acts for its maker, within its scopes, and is shown in this answer only.',
    permission: 'api-keys.write',
    body: CreateApiKey,
    response: ApiKeyWithSecret,
    creates: true,
    example: { body: { name: 'Web shop', scopes: ['customers.read', 'customers.write'] } },
    run: createApiKey,
  }),
  route({
    method: 'GET',
    path: '/v1/api-keys/{id}',
    summary: 'Get an API key',
    permission: 'api-keys.read',
    response: ApiKey,
    run: getApiKey,
  }),
  route({
    method: 'POST',
    path: '/v1/api-keys/{id}/rotate',
    summary: 'Give an API key a new secret',
    description: 'The former one works for one more hour. Only the user that the key acts for may rotate it.',
    permission: 'api-keys.write',
    response: ApiKeyWithSecret,
    run: rotateApiKey,
  }),
  route({
    method: 'DELETE',
    path: '/v1/api-keys/{id}',
    summary: 'Revoke an API key',
    description: 'It ends within 60 seconds.',
    permission: 'api-keys.write',
    run: revokeApiKey,
  }),
]
