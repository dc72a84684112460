import { actingAs, allowed, knownUsers, type User } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { Problem } from '../../kernel/errors.ts'
import type { Locale } from '../../kernel/text.ts'
import { type OpenFollowUp, type Summary, summariseCustomer } from '../../parties/index.ts'
import { peopleBelow } from '../digest/recipients.ts'
import type { ResultPage } from './follow-up-page.ts'
import { openLink } from './link.ts'

/** A person who followed a link of a digest, in whose name `ctx` acts, with the customer as that person sees it. */
export interface Visit {
  ctx: Context
  user: User
  summary: Summary
  /** The open follow-ups that the page is about, the earliest first. */
  open: OpenFollowUp[]
}

/** Why there is no page to be shown. */
interface Refused {
  outcome: ResultPage['outcome']
  locale: Locale
}

const orUndefined = async <T>(read: Promise<T>): Promise<T | undefined> => {
  try {
    return await read
  } catch (error) {
    if (error instanceof Problem && error.kind === 'not-found') return undefined
    throw error
  }
}

/** The person's own, else those of the people below: what the digest told a manager of. */
async function openFor(ctx: Context, user: User, open: readonly OpenFollowUp[]): Promise<OpenFollowUp[]> {
  const own = open.filter(({ ownerId }) => ownerId === user.id)
  if (own.length > 0 || open.length === 0) return own
  const below = new Set(peopleBelow(await knownUsers(ctx), user).map(({ id }) => id))
  return open.filter(({ ownerId }) => below.has(ownerId))
}

/**
 * Lets a person in by the link of a digest: the tenant made it, it has not expired, the person still has access and still
 * sees the customer. `ctx` is the tenant's.
 */
export async function visit(ctx: Context, token: string): Promise<Visit | Refused> {
  const link = openLink(ctx, token)
  if (!link) return { outcome: 'invalid', locale: ctx.tenant.locale }
  const acting = await actingAs(ctx, link.userId)
  const locale = acting?.user.locale ?? ctx.tenant.locale
  if (link.expired) return { outcome: 'expired', locale }
  if (!acting || !allowed(acting.ctx.actor, 'customers.read')) return { outcome: 'not-yours', locale }
  const summary = await orUndefined(summariseCustomer(acting.ctx, { id: link.customerId }))
  if (!summary) return { outcome: 'not-yours', locale }
  return { ...acting, summary, open: await openFor(acting.ctx, acting.user, summary.openFollowUps ?? []) }
}
