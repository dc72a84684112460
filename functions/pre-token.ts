import type { PreTokenGenerationV2TriggerEvent } from 'aws-lambda'
import { claimsFor } from '../domain/identity/caller/claims-for.ts'
import { bareContext } from './runtime.ts'

/**
 * Cognito asks before it issues tokens. The custom attributes say which user of which tenant signs in; they are written
 * once, by whoever adds the person to the pool, and nobody can change the own ones. An error refuses the sign-in.
 */
export async function handler(event: PreTokenGenerationV2TriggerEvent): Promise<PreTokenGenerationV2TriggerEvent> {
  const { 'custom:tenant_id': tenantId, 'custom:user_id': userId } = event.request.userAttributes
  if (!tenantId || !userId) throw new Error('This person belongs to no tenant.')
  const claims = await claimsFor(bareContext(tenantId), userId)
  event.response.claimsAndScopeOverrideDetails = { accessTokenGeneration: { claimsToAddOrOverride: claims } }
  return event
}
