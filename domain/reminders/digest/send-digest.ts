import { actorOf, knownUsers, readTenant, senderOf, type User } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { dueItems } from '../../parties/index.ts'
import { type ComposedMail, type SendOutcome, sendOnce } from '../../platform/index.ts'
import { type DigestDay, isDigestDay, lastDayAnnounced } from './build-digest.ts'
import type { Digest, DigestReader } from './digest.ts'
import { gatherDeliveries, lastDeliveryDay } from './gather-deliveries.ts'
import { gatherDigest } from './gather-digest.ts'
import { gatherReceivables } from './gather-receivables.ts'
import { isRecipient } from './recipients.ts'
import { renderDigest } from './render-digest.ts'

/** One person's digest of one local day: what `send-digest` is sent. */
export interface PersonDay {
  userId: string
  day: string
  /** Said where the firm's day was looked at before, and nothing was due that this person is told of. */
  nothingOwed?: true | undefined
}

/** Tells mailboxes that nobody waits for an answer, so that no absence note comes back. */
const headers = { 'Auto-Submitted': 'auto-generated' }

/** Whom to contact, then what is owed; null when nothing is due. */
async function wholeDigest(ctx: Context, users: readonly User[], user: User, on: DigestDay, owes: boolean): Promise<Digest | null> {
  const until = [lastDayAnnounced(on), lastDeliveryDay(on.day)].sort().at(-1)!
  const items = dueItems(ctx, user.id, until)
  const [contacts, deliveries, owed] = await Promise.all([
    items.then((due) => gatherDigest(ctx, users, user, due, on)),
    items.then((due) => gatherDeliveries(ctx, user, due, on.day)),
    owes ? gatherReceivables(ctx, users, user, on.day) : [],
  ])
  const sections = [...(contacts?.sections ?? []), ...deliveries, ...owed]
  return sections.length > 0 ? { day: on.day, sections } : null
}

/**
 * Mails one person what is due on a local day, once, however often it is asked for. `nothing-due` is no mail: nothing is
 * due, the day is free for whoever wants it free, or the person has no access any more.
 */
export async function sendDigest(ctx: Context, { userId, day, nothingOwed }: PersonDay): Promise<SendOutcome | 'nothing-due'> {
  const [tenant, users] = await Promise.all([readTenant(ctx), knownUsers(ctx)])
  const user = users.find(({ id }) => id === userId)
  if (!user || !isRecipient(user)) return 'nothing-due'
  const on = { day, calendar: tenant.calendar, workingDaysOnly: user.digestOnWorkingDaysOnly }
  if (!isDigestDay(on)) return 'nothing-due'
  const digest = await wholeDigest({ ...ctx, actor: actorOf(user) }, users, user, on, !nothingOwed)
  if (!digest) return 'nothing-due'
  const reader: DigestReader = {
    locale: user.locale ?? tenant.locale,
    timeZone: tenant.timeZone,
    tenantName: tenant.name,
    userName: user.name,
    currency: tenant.currency,
  }
  const from = senderOf(tenant)
  const compose = (): ComposedMail => ({ from, to: user.email, ...renderDigest(digest, reader), headers })
  return sendOnce(ctx, { key: ['digest', userId, day], compose })
}
