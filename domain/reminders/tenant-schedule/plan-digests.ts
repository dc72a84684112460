import { findTenant, knownUsers, reminderHourEntry, type Tenant } from '../../identity/index.ts'
import type { Context, SystemContext } from '../../kernel/context.ts'
import { daysBetween, localDate } from '../../kernel/dates.ts'
import { warnOfReclaims } from '../../parties/index.ts'
import { runningBusiness } from '../../sales/index.ts'
import { systemRaise } from '../../store/system.ts'
import { isDigestDay } from '../digest/build-digest.ts'
import { isRecipient } from '../digest/recipients.ts'
import { whoIsOwedNothing } from '../digest/whose-debtors.ts'
import type { TenantDay } from './start-digests.ts'

/** Settings are up to 30 seconds old elsewhere: who was created in that time after a change learns on the next day when it is dormant. */
const hasLateOnes = ({ dormantSince, timeZone }: Tenant, day: string): boolean =>
  dormantSince !== undefined && [0, 1].includes(daysBetween(localDate(dormantSince, timeZone), day))

/**
 * Fans a tenant's day out to its people: those who may be reminded at all and read on that day; whether something is due is
 * looked up for each by itself, but for what is owed where a look at the whole firm shows that nothing is. Only then is the day noted
 * as done: a run that dies before is repeated, and nobody is mailed twice (docs/mail.md).
 *
 * A tenant that was found under a zone or hour it has left, or is about to take, is passed over: it stands under its own too.
 */
export async function planDigests(
  ctx: Context,
  system: SystemContext,
  { tenantId, day, timeZone, reminderHour }: TenantDay,
): Promise<void> {
  const tenant = await findTenant(ctx)
  if (tenant?.timeZone !== timeZone || tenant.reminderHour !== reminderHour) return
  const reads = ({ digestOnWorkingDaysOnly }: { digestOnWorkingDaysOnly: boolean }) =>
    isDigestDay({ day, calendar: tenant.calendar, workingDaysOnly: digestOnWorkingDaysOnly })
  // The night's run has warned already, unless it was missed: who is to lose a customer reads of it first.
  if (tenant.poolRules?.levels) await warnOfReclaims(ctx, day, runningBusiness)
  if (hasLateOnes(tenant, day)) await ctx.enqueue('watch-dormancy', [{ tenantId }])
  const users = await knownUsers(ctx)
  const readers = users.filter((user) => isRecipient(user) && reads(user))
  const isOwedNothing = await whoIsOwedNothing(ctx, users, day)
  await ctx.enqueue(
    'send-digest',
    readers.map((user) => ({ tenantId, userId: user.id, day, ...(isOwedNothing(user) ? { nothingOwed: true } : {}) })),
  )
  await systemRaise(system, reminderHourEntry(timeZone, reminderHour, tenantId), 'lastDay', day)
}
