import type { User } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { type Customer, customersInSight, type DueFollowUp, dueFollowUps, stillOpen } from '../../parties/index.ts'
import { linkTo } from '../follow-up-page/link.ts'
import { buildDigest, completed, type Digest, type DigestDay, type DigestLine, lastDayAnnounced, lastTeamDay } from './digest.ts'
import { peopleBelow } from './recipients.ts'

/** What the people below a manager are late with, one short Query for each of them. */
async function lateBelow(ctx: Context, users: readonly User[], reader: User, day: string): Promise<DueFollowUp[]> {
  const below = peopleBelow(users, reader)
  return (await Promise.all(below.map((user) => dueFollowUps(ctx, user.id, lastTeamDay(day))))).flat()
}

function lineOf(
  ctx: Context,
  reader: User,
  names: Map<string, string>,
  customer: Customer,
  due: DueFollowUp & { daysLate: number },
): DigestLine {
  const phone = customer.phones?.[0] ?? customer.addresses?.find((address) => address.phone)?.phone
  const ownerName = due.ownerId === reader.id ? undefined : names.get(due.ownerId)
  return {
    customerId: customer.id,
    customerName: customer.name,
    subject: due.subject,
    dueOn: due.dueOn,
    daysLate: due.daysLate,
    link: linkTo(ctx, reader.id, customer.id),
    ...(phone ? { phone } : {}),
    ...(customer.lastContactAt ? { lastContactAt: customer.lastContactAt } : {}),
    ...(ownerName ? { ownerName } : {}),
  }
}

/**
 * The digest of a person, in whose name `ctx` acts: due entries in one Query, then one BatchGet of the customers of the
 * lines shown. An entry whose follow-up is not open any more, went to somebody else, or whose customer is out of sight is
 * dropped, and the next one takes its place. Null when nothing is due.
 */
export async function gatherDigest(ctx: Context, users: readonly User[], reader: User, on: DigestDay): Promise<Digest | null> {
  const names = new Map(users.map((user) => [user.id, user.name]))
  let [own, team] = await Promise.all([dueFollowUps(ctx, reader.id, lastDayAnnounced(on)), lateBelow(ctx, users, reader, on.day)])
  const read = new Map<string, Customer | undefined>()
  for (;;) {
    const digest = buildDigest(own, team, on)
    if (!digest) return null
    const shown = digest.sections.flatMap(({ lines }) => lines.map(({ customerId }) => customerId))
    const unread = shown.filter((id) => !read.has(id))
    if (unread.length === 0) return completed(digest, (due) => lineOf(ctx, reader, names, read.get(due.customerId)!, due))
    const found = await customersInSight(ctx, unread)
    for (const id of unread) read.set(id, found.get(id))
    const stands = (due: DueFollowUp) => {
      const customer = read.get(due.customerId)
      return customer ? stillOpen(customer, due) : !read.has(due.customerId)
    }
    own = own.filter(stands)
    team = team.filter(stands)
  }
}
