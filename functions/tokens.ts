import { CognitoJwtVerifier, JwtVerifier } from 'aws-jwt-verify'
import { JwtExpiredError } from 'aws-jwt-verify/error'
import { SimpleJwksCache } from 'aws-jwt-verify/jwk'
import type { JwtPayload } from 'aws-jwt-verify/jwt-model'
import type { VerifiedClaims } from '../domain/identity/caller/caller.ts'
import { env, lazily, optionalEnv } from './runtime.ts'

interface Payload {
  exp?: number
  tenant_id?: unknown
  user_id?: unknown
  epoch?: unknown
}

// The verifier's own fetcher speaks https only; the local issuer is on this machine.
const fetcher = { fetch: async (uri: string) => (await fetch(uri)).arrayBuffer() }

/** Cognito's verifier, or on one machine that of the local issuer, which makes the same claims. */
const verifier = lazily((): { verify(token: string): Promise<object> } => {
  const issuer = optionalEnv('JWT_ISSUER')
  if (!issuer)
    return CognitoJwtVerifier.create({ userPoolId: env('USER_POOL_ID'), clientId: env('USER_POOL_CLIENT_ID'), tokenUse: 'access' })
  const clientId = env('JWT_AUDIENCE')
  const customJwtCheck = ({ payload }: { payload: JwtPayload }) => {
    if (payload.client_id !== clientId || payload.token_use !== 'access') throw new Error('not an access token of this client')
  }
  return JwtVerifier.create(
    { issuer, audience: null, jwksUri: env('JWKS_URI'), customJwtCheck },
    { jwksCache: new SimpleJwksCache({ fetcher }) },
  )
})

/** The claims of an access token whose signature, issuer, audience and time hold. */
export async function verifyToken(token: string): Promise<VerifiedClaims | 'invalid' | 'expired'> {
  try {
    const { tenant_id, user_id, epoch, exp } = (await verifier().verify(token)) as Payload
    if (typeof tenant_id !== 'string' || typeof user_id !== 'string' || exp === undefined) return 'invalid'
    return { tenantId: tenant_id, userId: user_id, epoch: Number(epoch), expiresAt: exp * 1000 }
  } catch (error) {
    return error instanceof JwtExpiredError ? 'expired' : 'invalid'
  }
}
