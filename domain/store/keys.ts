import { createHash } from 'node:crypto'
import type { Context } from '../kernel/context.ts'

/** Parts of a key before encoding; the tenant is put in front by `tenantKey`, and only there. */
export type KeyParts = readonly string[]

const longestPart = 240
/** What stands for itself; most parts do. */
const plain = /^[\w.:-]*$/

/**
 * One part of a key, so that nothing a user sends can reach another key: everything but letters, digits and `-._:` is
 * percent-encoded (a `#` never survives), and what would be too long is replaced by `~` and its hash.
 */
export function encodePart(part: string): string {
  if (plain.test(part) && part.length <= longestPart) return part
  const encoded = encodeURIComponent(part)
    .replace(/[!'()*~]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%3A', ':')
  if (encoded.length <= longestPart) return encoded
  return `~${createHash('sha256').update(part).digest('hex')}`
}

/** The parts of a key as one text; none of them reaches beyond its place. */
export const joinParts = (parts: KeyParts): string => parts.map(encodePart).join('#')

/** The one place where the tenant enters a key. */
export const tenantKey = (ctx: Context, parts: KeyParts): string => `${tenantPrefix(ctx.tenant.id)}${joinParts(parts)}`

export const tenantPrefix = (tenantId: string): string => `T#${encodePart(tenantId)}#`

/** Keys of what must be found before a tenant is known. */
export const systemPrefix = 'SYS#'
export const systemKey = (parts: KeyParts): string => `${systemPrefix}${joinParts(parts)}`
