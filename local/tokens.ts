import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose'

export interface TokenSubject {
  tenantId: string
  userId: string
  /** Grows when a user's access is taken away; tokens of an older epoch end. */
  epoch: number
}

/** Issues access tokens with the claims that Cognito's carry after the pre-token trigger. */
export interface LocalIssuer {
  issuer: string
  audience: string
  issue(subject: TokenSubject, lifetimeSeconds?: number): Promise<string>
  /** The public keys, as a JWKS. */
  keys(): { keys: JWK[] }
}

const lifetime = 12 * 60 * 60

/** Opens the issuer with the key of `keyFile`, which is made on first use: tokens stay good over a restart. */
export async function openIssuer(keyFile: string, issuer: string, audience: string): Promise<LocalIssuer> {
  const key = existsSync(keyFile) ? (JSON.parse(readFileSync(keyFile, 'utf8')) as JWK) : await newKey(keyFile)
  const signingKey = await importJWK(key, 'ES256')
  const { kty, crv, x, y, kid } = key
  return {
    issuer,
    audience,
    issue: ({ tenantId, userId, epoch }, lifetimeSeconds = lifetime) =>
      new SignJWT({ client_id: audience, token_use: 'access', tenant_id: tenantId, user_id: userId, epoch })
        .setProtectedHeader({ alg: 'ES256', kid: kid! })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(userId)
        .setIssuedAt()
        .setExpirationTime(Math.floor(Date.now() / 1000) + lifetimeSeconds)
        .sign(signingKey),
    keys: () => ({ keys: [{ kty, crv, x, y, kid, alg: 'ES256', use: 'sig' }] as JWK[] }),
  }
}

async function newKey(keyFile: string): Promise<JWK> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  const key = await exportJWK(privateKey)
  const named = { ...key, kid: await calculateJwkThumbprint(key) }
  writeFileSync(keyFile, JSON.stringify(named), { mode: 0o600 })
  return named
}
