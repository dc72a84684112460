import type { Context } from '../../kernel/context.ts'
import { Problem } from '../../kernel/errors.ts'
import { defineEntity } from '../../store/entity.ts'
import { externalIdGuard } from '../../store/external-id.ts'
import { findGuarded, guardKey } from '../../store/guard.ts'
import { find } from '../../store/read.ts'
import { readItems } from '../../store/read-items.ts'
import type { Suppression } from './suppression.ts'

export const allSuppressions = ['SUP-ALL']
export const suppressionsOf = (email: string) => ['SUP-OF', email]

const guardName = 'suppression'
const guardValue = (email: string, scope: string) => `${scope} ${email}`

/** Once per address and scope; lists by creation of all (gsi1) and of one address (gsi2). */
export const suppressions = defineEntity<Suppression>({
  type: 'suppression',
  prefix: 'sup',
  schemaVersion: 1,
  key: (id) => ({ pk: ['SUPPRESSIONS'], sk: [id] }),
  gsi1: ({ id }) => ({ pk: allSuppressions, sk: [id] }),
  gsi2: ({ id, email }) => ({ pk: suppressionsOf(email), sk: [id] }),
  guards: ({ email, scope, externalId }) => [
    {
      name: guardName,
      value: guardValue(email, scope),
      taken: () =>
        new Problem('conflict', 'suppression.exists', 'This address is on the list already.', {
          errors: [{ pointer: '/email', code: 'suppression.exists', message: 'There is one with this scope.' }],
        }),
    },
    ...externalIdGuard('suppression', externalId),
  ],
})

/** Access pattern: the suppression of an address and scope; 2 gets. */
export async function findSuppression(ctx: Context, email: string, scope: string): Promise<Suppression | undefined> {
  const id = await findGuarded(ctx, guardName, guardValue(email, scope), true)
  return id ? find(ctx, suppressions, id, { consistent: true }) : undefined
}

/**
 * Access pattern: which of these addresses must not be mailed, by the unique values alone; 1 RRU for each address and scope,
 * in calls of 100. Consistent: who unsubscribed is not mailed a moment later.
 */
export async function suppressedAmong(ctx: Context, emails: readonly string[], scopes: readonly string[]): Promise<Set<string>> {
  const asked = emails.flatMap((email) => scopes.map((scope) => ({ email, key: guardKey(guardName, guardValue(email, scope)) })))
  const found = await readItems(
    ctx,
    asked.map(({ key }) => key),
    { consistent: true },
  )
  return new Set(asked.filter((_, i) => found[i]).map(({ email }) => email))
}
