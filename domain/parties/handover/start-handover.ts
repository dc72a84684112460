import { HandoverStarted } from '../../../events/parties.ts'
import { confirmActor, endAccess, findUser, forgetAccess, holdUser, requireMayOwnCustomers, type User } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { invalid, notFound, Problem } from '../../kernel/errors.ts'
import { commit } from '../../store/commit.ts'
import { readCount, requireNone } from '../../store/count.ts'
import { findGuarded, holdFree } from '../../store/guard.ts'
import { get } from '../../store/read.ts'
import { newRecord } from '../../store/record.ts'
import type { Write } from '../../store/write.ts'
import { customersOwnedBy } from '../customer/customer.table.ts'
import { handovers, leavingGuard, takingOver } from './handover.table.ts'
import { firstKind, type Handover, type HandoverRequest, receiversOf } from './handover.ts'
import { receiverBy } from './rules.ts'

type Asked = HandoverRequest & { id: string }

const circle = (detail: string) => new Problem('conflict', 'handover.circle', detail)
const isLeaving = () => circle('This user is handing over to others right now, and cannot take over.')
const isReceiving = () => circle('This user is taking over from somebody right now. Wait until that handover is done.')

/** The handover of this leaver that runs; 409 `handover.running` when it goes to others than asked for. */
async function running(ctx: Context, { id, toUserId, rules = [] }: Asked): Promise<Handover | undefined> {
  const handoverId = await findGuarded(ctx, leavingGuard, id, true)
  if (!handoverId) return undefined
  const handover = await get(ctx, handovers, handoverId, { consistent: true })
  const plan = (one: Pick<HandoverRequest, 'toUserId' | 'rules'>) => JSON.stringify([one.toUserId, one.rules ?? []])
  if (plan(handover) === plan({ toUserId, rules })) return handover
  throw new Problem('conflict', 'handover.running', 'A handover of this user to others is running. Wait until it is done.', {
    extra: { handoverId },
  })
}

/** Where a receiver stands in the body: the place of a fault. */
const pointerOf = ({ toUserId, rules = [] }: Asked, userId: string) =>
  userId === toUserId ? '/toUserId' : `/rules/${rules.findIndex((rule) => rule.toUserId === userId)}/toUserId`

/** Everybody who takes over, who must still be active and not leaving when it begins. 404, 422 or 409 at their place. */
async function heldReceivers(ctx: Context, asked: Asked, owned: number): Promise<Write[]> {
  const writes: Write[] = []
  for (const userId of receiversOf(asked)) {
    const pointer = pointerOf(asked, userId)
    if (userId === asked.id)
      throw new Problem('conflict', 'handover.to-leaver', 'The leaver cannot take over. Name somebody else.', {
        errors: [{ pointer, code: 'handover.to-leaver', message: 'This is the leaver.' }],
      })
    const user = await findUser(ctx, userId)
    if (!user) throw notFound('user', pointer)
    if (await findGuarded(ctx, leavingGuard, userId, true)) throw isLeaving()
    if (!user.active) throw invalid('user.inactive', pointer, 'This user is not active any more. Name somebody who is.')
    if (owned > 0) requireMayOwnCustomers(user, pointer)
    writes.push(holdUser(user), { result: undefined, actions: () => [holdFree(ctx, leavingGuard, userId, isLeaving)] })
  }
  return writes
}

function newHandover(ctx: Context, { id, toUserId, rules = [] }: Asked, first: string, owned: number): Handover {
  return {
    ...newRecord(ctx, 'hnd'),
    fromUserId: id,
    toUserId,
    rules,
    status: 'running',
    progress: { kind: first, customers: { moved: 0, of: owned } },
    report: [],
    errors: [],
    position: { kind: 0, round: 0 },
  }
}

/**
 * Hands over everything a leaver has (docs/ownership.md). One transaction ends the access of the leaver and begins the job,
 * which the event starts. Asked for again while it runs, the running one is answered.
 *
 * 404 for an unknown leaver or receiver, 422 for an inactive receiver one whose roles may own no customers when there are some, or a rule that cannot be, 409 `handover.to-leaver`,
 * `handover.circle`, `handover.running`, `user.is-yourself`, `user.last-admin`.
 */
export async function startHandover(ctx: Context, asked: Asked): Promise<Handover> {
  await confirmActor(ctx, 'users.write')
  const leaver: User | undefined = await findUser(ctx, asked.id)
  if (!leaver) throw notFound('user')
  const already = await running(ctx, asked)
  if (already) return already
  receiverBy(ctx, asked)
  const owned = await readCount(ctx, customersOwnedBy(leaver.id))
  const held = await heldReceivers(ctx, asked, owned)
  const { writes, events } = await endAccess(ctx, leaver)
  const handover = newHandover(ctx, asked, firstKind, owned)
  const free: Write = { result: undefined, actions: () => [requireNone(ctx, takingOver(leaver.id), isReceiving)] }
  const started = HandoverStarted({ type: 'handover', id: handover.id }, { fromUserId: leaver.id, toUserIds: receiversOf(handover) })
  const created = await commit(ctx, [handovers.create(handover), ...writes, ...held, free], [started, ...events])
  forgetAccess(ctx.tenant.id)
  return created
}
