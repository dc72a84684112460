import type * as z from 'zod'
import { SuppressionAdded, SuppressionChanged, SuppressionRemoved } from '../../../events/marketing.ts'
import { allowed } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { invalid, notFound, Problem } from '../../kernel/errors.ts'
import { changedFields, compact, mergePatch } from '../../kernel/merge-patch.ts'
import { contacts, visibleOfCustomer } from '../../parties/index.ts'
import { commit } from '../../store/commit.ts'
import { get } from '../../store/read.ts'
import { newRecord, requireVersion } from '../../store/record.ts'
import { suppressions } from './suppression.table.ts'
import {
  type ChangeSuppression,
  type CreateSuppression,
  everything,
  isOwnWish,
  type Suppression,
  SuppressionRecord,
} from './suppression.ts'

export const subjectOf = ({ id, customerId }: Suppression) => ({ type: 'suppression', id, ...(customerId ? { customerId } : {}) })
export const toldOf = ({ scope, reason, contactId }: Suppression) => ({ scope, reason, contactId: contactId ?? null })

/** The customer of a contact that is named; 404 at its place when it is out of sight, 422 when the address is not its own. */
async function customerOfContact(ctx: Context, contactId: string, email: string): Promise<string> {
  try {
    const { record } = await visibleOfCustomer(ctx, contacts, contactId)
    if (record.email === email) return record.customerId
  } catch (error) {
    if (error instanceof Problem && error.kind === 'not-found') throw notFound('contact', '/contactId')
    throw error
  }
  throw invalid('suppression.not-its-address', '/contactId', 'The address is not the one of this contact.')
}

/** Puts an address on the list. 409 `suppression.exists` when it is there with that scope. */
export async function createSuppression(ctx: Context, input: z.output<typeof CreateSuppression>): Promise<Suppression> {
  const given = compact(input)
  const customer = given.contactId ? { customerId: await customerOfContact(ctx, given.contactId, input.email) } : {}
  const suppression = { scope: everything, reason: 'manual', ...given, ...customer, ...newRecord(ctx, 'sup') } as Suppression
  return commit(ctx, [suppressions.create(suppression)], [SuppressionAdded(subjectOf(suppression), toldOf(suppression))])
}

/** Changes reason, note or externalId by merge patch. What recipients asked for themselves is not made another reason. */
export async function changeSuppression(
  ctx: Context,
  { id, changes, ifMatch }: { id: string; changes: z.output<typeof ChangeSuppression>; ifMatch?: string | undefined },
): Promise<Suppression> {
  const before = await get(ctx, suppressions, id, { consistent: true })
  requireVersion(before, ifMatch)
  const { reason, ...others } = changes
  const after = mergePatch(SuppressionRecord, before, { ...others, ...(reason === null ? { reason: 'manual' } : { reason }) })
  const changed = changedFields(before, after)
  if (changed.length === 0) return before
  if (changed.includes('reason')) requireNotOwnWish(ctx, before)
  return commit(ctx, [suppressions.replace(ctx, before, after)], [SuppressionChanged(subjectOf(after), { changed })])
}

function requireNotOwnWish(ctx: Context, suppression: Suppression): void {
  if (!isOwnWish(suppression) || allowed(ctx.actor, 'tenant.write')) return
  throw new Problem(
    'forbidden',
    'suppression.own-wish',
    'The recipient asked for this. Only the recipient, by the link in a mail, or an admin lifts it.',
  )
}

/** Takes an address off the list. 403 `suppression.own-wish` for what the recipient asked for, but for an admin. */
export async function deleteSuppression(ctx: Context, { id, ifMatch }: { id: string; ifMatch?: string | undefined }): Promise<void> {
  const suppression = await get(ctx, suppressions, id, { consistent: true })
  requireVersion(suppression, ifMatch)
  requireNotOwnWish(ctx, suppression)
  const removed = SuppressionRemoved(subjectOf(suppression), { ...toldOf(suppression), byRecipient: false })
  await commit(ctx, [suppressions.remove(suppression)], [removed])
}

export const getSuppression = (ctx: Context, { id }: { id: string }): Promise<Suppression> => get(ctx, suppressions, id)
