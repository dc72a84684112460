import { SuppressionAdded, SuppressionChanged, SuppressionRemoved } from '../../../events/marketing.ts'
import type { Context } from '../../kernel/context.ts'
import { Problem } from '../../kernel/errors.ts'
import { contacts } from '../../parties/index.ts'
import { commit } from '../../store/commit.ts'
import { find } from '../../store/read.ts'
import { newRecord } from '../../store/record.ts'
import { subjectOf, toldOf } from './change-suppression.ts'
import { findSuppression, suppressions } from './suppression.table.ts'
import { isOwnWish, isStronger, type Suppression, type SuppressionReason } from './suppression.ts'

interface Refusal {
  email: string
  scope: string
  reason: SuppressionReason
  /** Whose address it is; a contact that is gone is left out. */
  contactId?: string | undefined
}

const isTaken = (error: unknown) => error instanceof Problem && error.code === 'suppression.exists'

/**
 * Suppresses an address, however often it is asked for: an address that is on the list stays, with the stronger of both
 * reasons. For what recipients and SES say.
 */
export async function suppress(ctx: Context, { email, scope, reason, contactId }: Refusal): Promise<void> {
  const known = await findSuppression(ctx, email, scope)
  if (known) return strengthen(ctx, known, reason)
  const contact = contactId ? await find(ctx, contacts, contactId) : undefined
  const whose = contact ? { contactId: contact.id, customerId: contact.customerId } : {}
  const suppression: Suppression = { email, scope, reason, ...whose, ...newRecord(ctx, 'sup') }
  try {
    await commit(ctx, [suppressions.create(suppression)], [SuppressionAdded(subjectOf(suppression), toldOf(suppression))])
  } catch (error) {
    if (!isTaken(error)) throw error
    const other = await findSuppression(ctx, email, scope)
    if (other) await strengthen(ctx, other, reason)
  }
}

async function strengthen(ctx: Context, known: Suppression, reason: SuppressionReason): Promise<void> {
  if (!isStronger(reason, known.reason)) return
  const after = { ...known, reason }
  await commit(ctx, [suppressions.replace(ctx, known, after)], [SuppressionChanged(subjectOf(known), { changed: ['reason'] })])
}

/** Takes back what the recipient asked for. False when the address stays on the list: it bounces, or the firm put it there. */
export async function liftOwnWish(ctx: Context, email: string, scope: string): Promise<boolean> {
  const known = await findSuppression(ctx, email, scope)
  if (!known) return true
  if (!isOwnWish(known)) return false
  await commit(ctx, [suppressions.remove(known)], [SuppressionRemoved(subjectOf(known), { ...toldOf(known), byRecipient: true })])
  return true
}
