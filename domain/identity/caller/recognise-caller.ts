import type { Context, SystemContext } from '../../kernel/context.ts'
import { sha256 } from '../../kernel/signing.ts'
import { find } from '../../store/read.ts'
import { systemFind } from '../../store/system.ts'
import { apiKeys, keyHashEntry } from '../api-key/api-key.table.ts'
import { users } from '../user/user.table.ts'
import { keepCaller, knownCaller } from './cache.ts'
import type { Caller, Recognised, VerifiedClaims } from './caller.ts'

interface RecogniseDependencies {
  system: SystemContext
  /** A context of a tenant for reading its users and keys only. */
  within(tenantId: string): Context
  /** Checks signature, issuer, audience and time of a JWT. */
  verify(token: string): Promise<VerifiedClaims | 'invalid' | 'expired'>
}

const isApiKey = (token: string) => /^gx_(live|test)_[A-Za-z0-9_-]{43}$/.test(token)

/**
 * Finds out who calls, from the value of the Authorization header. Nothing is decided here: api.ts answers. A miss of the
 * cache reads the key or the user consistently, so that what was ended stays ended.
 */
export async function recogniseCaller(deps: RecogniseDependencies, authorization: string | undefined): Promise<Recognised> {
  if (!authorization) return { outcome: 'missing' }
  const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1]
  if (!token) return { outcome: 'invalid' }
  const hash = sha256(token)
  const known = knownCaller(hash)
  if (known) return { outcome: 'ok', caller: known }
  const recognised = isApiKey(token) ? await byApiKey(deps, hash) : await byClaims(deps, token)
  if (recognised.outcome === 'ok') keepCaller(hash, recognised.caller)
  return recognised
}

async function byApiKey(deps: RecogniseDependencies, hash: string): Promise<Recognised> {
  const entry = await systemFind<{ tenantId: string; keyId: string }>(deps.system, keyHashEntry(hash))
  if (!entry) return { outcome: 'invalid' }
  const ctx = deps.within(entry.tenantId)
  const key = await find(ctx, apiKeys, entry.keyId, { consistent: true })
  const isCurrent = key?.hash === hash || (key?.formerHash === hash && Date.parse(key.formerUntil ?? '') > Date.parse(ctx.now()))
  if (!key || !isCurrent) return { outcome: 'invalid' }
  const user = await find(ctx, users, key.userId, { consistent: true })
  if (!user?.active) return { outcome: 'inactive' }
  return {
    outcome: 'ok',
    caller: { tenantId: entry.tenantId, kind: 'key', id: key.id, userId: user.id, roles: user.roles, scopes: key.scopes },
  }
}

async function byClaims(deps: RecogniseDependencies, token: string): Promise<Recognised> {
  const claims = await deps.verify(token)
  if (claims === 'invalid' || claims === 'expired') return { outcome: claims }
  const user = await find(deps.within(claims.tenantId), users, claims.userId, { consistent: true })
  if (!user) return { outcome: 'invalid' }
  if (!user.active || user.tokenEpoch !== claims.epoch) return { outcome: 'inactive' }
  const caller: Caller = {
    tenantId: claims.tenantId,
    kind: 'user',
    id: user.id,
    userId: user.id,
    roles: user.roles,
    scopes: null,
    expiresAt: claims.expiresAt,
  }
  return { outcome: 'ok', caller }
}
