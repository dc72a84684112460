/** Who a token belongs to, as the authorizer hands it on. */
export interface Caller {
  tenantId: string
  kind: 'user' | 'key'
  /** Id of the user or the API key. */
  id: string
  userId: string
  roles: string[]
  scopes: string[] | null
  /** When the token itself ends, in epoch milliseconds. */
  expiresAt?: number
}

/** Claims of an access token after its signature, issuer, audience and time have been checked. */
export interface VerifiedClaims {
  tenantId: string
  userId: string
  epoch: number
  expiresAt: number
}

/** Why nobody was recognised. */
export type Refusal = 'missing' | 'invalid' | 'expired' | 'inactive'

export type Recognised = { outcome: 'ok'; caller: Caller } | { outcome: Refusal }
