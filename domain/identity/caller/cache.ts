import type { Caller } from './caller.ts'

/** Identity is cached in this one place, for 30 seconds: access ends within a minute of its end. */
const keptMilliseconds = 30_000
const mostCallers = 10_000
const kept = new Map<string, { until: number; caller: Caller }>()

/** Who a token belonged to when it was looked at last; undefined when that is too long ago to rely on. */
export function knownCaller(tokenHash: string): Caller | undefined {
  const entry = kept.get(tokenHash)
  return entry && entry.until > Date.now() ? entry.caller : undefined
}

/** Remembers whose a token is, for 30 seconds or until the token itself ends. */
export function keepCaller(tokenHash: string, caller: Caller): void {
  if (kept.size >= mostCallers) kept.clear()
  const until = Math.min(Date.now() + keptMilliseconds, caller.expiresAt ?? Number.POSITIVE_INFINITY)
  kept.set(tokenHash, { until, caller })
}

/** Forgets who of a tenant has called: after a change of users or keys, in this process at once. */
export function forgetCallers(tenantId: string): void {
  for (const [hash, entry] of kept) if (entry.caller.tenantId === tenantId) kept.delete(hash)
}
