import * as z from 'zod'
import type { Context } from '../../kernel/context.ts'
import { invalid } from '../../kernel/errors.ts'
import { seal, sha256, unseal } from '../../kernel/signing.ts'
import { paragraph } from '../../kernel/text.ts'

/** How a caller goes on in spite of a suspicion: with the token of the refusal, and why. */
export const DuplicateOverride = z
  .strictObject({
    token: z.string().min(1).max(2000).meta({ description: 'From the 409; valid for 10 minutes, for the same body and caller.' }),
    reason: paragraph(500).meta({ description: 'Why it is another customer all the same. The manager is told.' }),
  })
  .meta({ id: 'DuplicateOverride' })
export type DuplicateOverride = z.output<typeof DuplicateOverride>

const purpose = 'duplicate-override'
const validFor = 10 * 60 * 1000

const Sealed = z.object({ by: z.string(), body: z.string(), until: z.string(), seen: z.array(z.string()) })

/** A text that is the same for the same content, whatever the order of its fields. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, inner) =>
    inner && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(
          Object.entries(inner)
            .filter(([, one]) => one !== undefined)
            .sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : inner,
  )

/** What the token says of the customers it was given for: nothing that a reader of the token could use. */
const markOf = (ctx: Context, id: string): string => sha256(`${ctx.tenant.signingKey} ${id}`).slice(0, 16)

/** A token by which the same caller may send the same body again, in spite of these customers. */
export function overrideToken(ctx: Context, body: object, customerIds: readonly string[]): { token: string; expiresAt: string } {
  const expiresAt = new Date(Date.parse(ctx.now()) + validFor).toISOString()
  const seen = customerIds.map((id) => markOf(ctx, id))
  return {
    token: seal(ctx.tenant.signingKey, purpose, { by: ctx.actor.id, body: sha256(canonical(body)), until: expiresAt, seen }),
    expiresAt,
  }
}

const refused = (message: string) => invalid('duplicate-override.invalid', '/duplicateOverride/token', message)

/**
 * Which customers an override covers; none without one. 422 `duplicate-override.invalid` for a token that was changed, has
 * expired, or was given to somebody else or for another body.
 */
export function coveredBy(ctx: Context, override: DuplicateOverride | null | undefined, body: object): (customerId: string) => boolean {
  if (!override) return () => false
  const parsed = Sealed.safeParse(unseal(ctx.tenant.signingKey, purpose, override.token))
  if (!parsed.success || parsed.data.by !== ctx.actor.id)
    throw refused('This token is not one that you were given. Send the request without it to get one.')
  if (parsed.data.until <= ctx.now()) throw refused('This token has expired. Send the request without it to get a new one.')
  if (parsed.data.body !== sha256(canonical(body)))
    throw refused('This token was given for another body. Send the request without it, look at the candidates, and use the new token.')
  const seen = new Set(parsed.data.seen)
  return (customerId) => seen.has(markOf(ctx, customerId))
}
