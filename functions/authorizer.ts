import type { APIGatewayRequestAuthorizerEventV2, APIGatewaySimpleAuthorizerWithContextResult } from 'aws-lambda'
import type { Recognised } from '../domain/identity/caller/caller.ts'
import { recogniseCaller } from '../domain/identity/caller/recognise-caller.ts'
import { bareContext, systemContext } from './runtime.ts'
import { verifyToken } from './tokens.ts'

/**
 * Finds out who calls and lets everybody pass: a refusal by the gateway could not carry our problem document, so api.ts
 * answers it. The result travels as one JSON text, since gateways flatten what is nested.
 */
export async function handler(
  event: APIGatewayRequestAuthorizerEventV2,
): Promise<APIGatewaySimpleAuthorizerWithContextResult<{ recognised: string }>> {
  const recognised: Recognised = await recogniseCaller(
    { system: systemContext(), within: (tenantId) => bareContext(tenantId), verify: verifyToken },
    event.headers?.authorization,
  )
  return { isAuthorized: true, context: { recognised: JSON.stringify(recognised) } }
}
