import { CustomerMergeUndone } from '../../../events/parties.ts'
import { allowed, knownUsers } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { notFound, Problem } from '../../kernel/errors.ts'
import { commit } from '../../store/commit.ts'
import { findGuarded } from '../../store/guard.ts'
import { find, get } from '../../store/read.ts'
import type { ReadOptions } from '../../store/read-items.ts'
import type { Write } from '../../store/write.ts'
import { latestContact } from '../activity/read-activities.ts'
import { contacts } from '../contact/contact.table.ts'
import { seenCustomer, writableCustomer } from '../customer/access.ts'
import { customers } from '../customer/customer.table.ts'
import type { Customer } from '../customer/customer.ts'
import { requireNotMerging } from '../customer/merging.ts'
import { isThingOf } from '../customer/partitions.ts'
import { keptApart } from '../duplicate/merged-places.ts'
import { ownerChanged } from '../ownership/owner-changed.ts'
import { pools } from '../pool/pool.table.ts'
import { handedOver, requireOneTransaction } from './handed-over.ts'
import { type MergeStates, mergeStates, merges } from './merge.table.ts'
import { type MergeError, type MergeRecord, type ShownMerge, shownMerge } from './merge.ts'
import { absorbedMark, type CustomerRedirect, redirects } from './redirect.table.ts'
import { inPlaceOf, type Separated, separated } from './separated.ts'
import { turned } from './start-merge.ts'

/** The merge, if the caller sees its survivor. */
async function visibleMerge(ctx: Context, id: string, options: ReadOptions = {}): Promise<MergeRecord> {
  const merge = await get(ctx, merges, id, options)
  try {
    await seenCustomer(ctx, merge.survivorId)
  } catch (error) {
    throw error instanceof Problem && error.kind === 'not-found' ? notFound('merge') : error
  }
  return merge
}

/** A merge, for who sees its survivor. 404 `merge.not-found`. */
export const getMerge = async (ctx: Context, { id }: { id: string }): Promise<ShownMerge> => shownMerge(await visibleMerge(ctx, id))

const conflict = (code: string, detail: string) => new Problem('conflict', code, detail)

/** 409 while it is being carried out, when it was undone, or when the days are over. */
function requireUndoable(ctx: Context, { status, undoUntil }: MergeRecord): void {
  if (status === 'undone') throw conflict('merge.undone', 'This merge was undone already.')
  if (status !== 'done')
    throw new Problem('conflict', 'merge.running', 'The records are being moved. Try again in a moment.', { retryable: true })
  if (undoUntil < ctx.now()) throw conflict('merge.undo-expired', `A merge can be undone for 7 days; this one could until ${undoUntil}.`)
}

async function survivorOf(ctx: Context, merge: MergeRecord): Promise<Customer> {
  const survivor = await writableCustomer(ctx, merge.survivorId)
  if (survivor.id !== merge.survivorId)
    throw conflict('merge.undo-blocked', `The survivor was merged into ${survivor.id} since. Undo that merge first.`)
  if (survivor.ownerId !== ctx.actor.userId && !allowed(ctx.actor, 'customers.assign'))
    throw new Problem('forbidden', 'merge.not-yours', 'Only who owns the survivor, or a manager above, may undo the merge.')
  requireNotMerging(survivor)
  return survivor
}

type Fixed = Pick<Separated, 'duplicate' | 'errors'>

const lost = (code: string, on: string, message: string): MergeError => ({ code, on, message })

const hasLeft = async (ctx: Context, userId: string): Promise<boolean> =>
  !(await knownUsers(ctx)).some(({ id, active }) => id === userId && active)

/** The survivor as it was; where it would go back to somebody who is gone, with who has it now. */
async function survivorThen(ctx: Context, { survivor, merged }: MergeStates, now: Customer): Promise<Customer> {
  const { ownerId } = survivor
  const goesBack = ownerId !== merged.ownerId && now.ownerId === merged.ownerId
  return ownerId && goesBack && (await hasLeft(ctx, ownerId)) ? inPlaceOf(survivor, now) : survivor
}

const survivorStays = () =>
  lost('merge.owner-gone', 'ownerId', 'The former owner of the survivor has no access any more; it stays where it is now.')

/** The duplicate without what others have by now, or what is gone. */
async function withWhatIsFree(ctx: Context, { survivor, duplicate, errors }: Separated): Promise<Fixed> {
  const after = { ...duplicate }
  const told = [...errors]
  if (after.ownerId && (await hasLeft(ctx, after.ownerId))) {
    after.ownedSince = ctx.now()
    after.ownerId = survivor.ownerId ?? (ctx.actor.userId as string)
    told.push(lost('merge.owner-gone', 'ownerId', 'The former owner has no access any more; the duplicate has another one now.'))
  }
  if (after.poolId && !(await find(ctx, pools, after.poolId, { consistent: true }))) {
    delete after.poolId
    told.push(lost('merge.pool-gone', 'poolId', 'The pool of the duplicate was deleted since.'))
  }
  const holder = after.externalId ? await findGuarded(ctx, 'customer-external-id', after.externalId, true) : undefined
  if (holder && holder !== after.id && holder !== survivor.id) {
    delete after.externalId
    told.push(lost('merge.external-id-taken', 'externalId', `${holder} has the externalId of the duplicate by now.`))
  }
  if (after.primaryContactId && !(await find(ctx, contacts, after.primaryContactId, { consistent: true }))) delete after.primaryContactId
  return { duplicate: after, errors: told }
}

const withContact = ({ lastContactAt: _former, ...customer }: Customer, at: string | undefined): Customer =>
  at === undefined ? customer : { ...customer, lastContactAt: at }

/** Both as they shall be, with what could not be restored. */
async function apart(ctx: Context, merge: MergeRecord, states: MergeStates, now: Customer, redirect: CustomerRedirect): Promise<Separated> {
  const survivor = await survivorThen(ctx, states, now)
  const parts = separated({ ...states, survivor }, now)
  const { duplicate, errors } = await withWhatIsFree(ctx, parts)
  const both = await keptApart(ctx, { before: states.survivor, now, survivor: parts.survivor, duplicate })
  const [ownContact, theirContact] = await Promise.all([latestContact(ctx, both.survivor), latestContact(ctx, both.duplicate)])
  const base = { version: redirect.version + 1, updatedAt: ctx.now(), merging: merge.id }
  return {
    survivor: { ...withContact(both.survivor, ownContact), merging: merge.id },
    duplicate: { ...withContact(both.duplicate, theirContact), ...base },
    errors: survivor === states.survivor ? errors : [...errors, survivorStays()],
  }
}

/**
 * Undoes a merge within 7 days. One transaction makes two customers of the one again: as they were before, except what was
 * changed since, which is told of. What was added since stays with the survivor. The records go back by the job then.
 *
 * 404 out of sight; 403 `merge.not-yours`; 409 `merge.running`, `merge.undone`, `merge.undo-expired`, `merge.undo-blocked`,
 * `customer.duplicate` when somebody else has the tax number of one of them by now.
 */
export async function undoMerge(ctx: Context, { id }: { id: string }): Promise<ShownMerge> {
  const merge = await visibleMerge(ctx, id, { consistent: true })
  requireUndoable(ctx, merge)
  const now = await survivorOf(ctx, merge)
  const [states, redirect] = await Promise.all([
    find(ctx, mergeStates, id, { consistent: true }),
    find(ctx, redirects, merge.duplicateId, { consistent: true }),
  ])
  if (!states || !redirect || !isThingOf(now, merge.duplicateId))
    throw conflict('merge.undo-blocked', 'What this merge was made of is gone; it cannot be undone any more.')
  const { survivor, duplicate, errors } = await apart(ctx, merge, states, now, redirect)
  const { finishedAt: _finished, ...rest } = merge
  const write = merges.replace(ctx, merge, { ...rest, status: 'undoing', errors, returned: {}, position: { kind: 0 } })
  const subject = { type: 'customer', id: survivor.id, customerId: survivor.id }
  const moved = now.ownerId === survivor.ownerId ? [] : [ownerChanged(now, survivor, 'merge-undone')]
  const writes: [Write, ...Write[]] = [
    write,
    handedOver([redirects.remove(redirect), customers.create(duplicate), customers.replace(ctx, now, survivor)]),
    ...(await turned(ctx, duplicate.absorbed ?? [], duplicate.id)),
    ...merge.partitions.map((absorbed) => absorbedMark(survivor.id, absorbed, false)),
  ]
  requireOneTransaction(ctx, writes)
  return commit(ctx, writes, [CustomerMergeUndone(subject, { mergeId: id, duplicateId: duplicate.id }), ...moved], {
    result: shownMerge(write.result),
  }) as Promise<ShownMerge>
}
