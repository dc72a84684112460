import type { DeliveredEvent } from '../../../events/define.ts'
import { FollowUpChanged } from '../../../events/parties.ts'
import { knownUsers } from '../../identity/index.ts'
import { chunksOf } from '../../kernel/chunks.ts'
import type { Context, IdempotentRequest } from '../../kernel/context.ts'
import { commit } from '../../store/commit.ts'
import { recordOf } from '../../store/entity.ts'
import { findAnswer, keepAnswer } from '../../store/idempotency.ts'
import { queryAll } from '../../store/query.ts'
import { find, findInOrder } from '../../store/read.ts'
import { contacts, contactsOf } from '../contact/contact.table.ts'
import type { Contact } from '../contact/contact.ts'
import { followUps } from '../follow-up/follow-up.table.ts'
import { type FollowUp, withFollowUp } from '../follow-up/follow-up.ts'
import { closed, type Planned, untouched } from '../follow-up/plan-next-contact.ts'
import { reachOfUser, sightOf } from './access.ts'
import { customers } from './customer.table.ts'
import type { Customer, OpenFollowUp } from './customer.ts'
import { rangesOf } from './partitions.ts'

/** A transaction takes 100 items: a contact is three with its card, here and there; a follow-up with its due entries and its event four. */
const contactsAtOnce = 30
const followUpsAtOnce = 20

/** Contacts are listed under the owner that the customer has now. */
async function rekeyContacts(ctx: Context, customer: Customer): Promise<void> {
  const items = await Promise.all(rangesOf(customer, contactsOf).map((range) => queryAll(ctx, range, { consistent: true })))
  const all = items.flat().map((item) => recordOf(contacts, item))
  const owner = customer.ownerId ? { ownerId: customer.ownerId } : {}
  const rekeyed = ({ ownerId: _former, ...contact }: Contact): Contact => ({ ...contact, ...owner })
  const stale = all.filter((contact) => contact.ownerId !== customer.ownerId)
  for (const chunk of chunksOf(stale, contactsAtOnce))
    await commit(ctx, [customers.keep(customer), ...chunk.map((contact) => contacts.replace(ctx, contact, rekeyed(contact)))], [])
}

/** The open follow-ups that somebody else had planned when the customer changed hands, and who does not see it any more. */
async function leftBehind(ctx: Context, customer: Customer, event: DeliveredEvent<{ from: string | null }>): Promise<FollowUp[]> {
  const users = new Map((await knownUsers(ctx)).map((user) => [user.id, user]))
  const isLeft = async ({ ownerId }: OpenFollowUp) => {
    if (ownerId === customer.ownerId) return false
    const planner = users.get(ownerId)
    return ownerId === event.data.from || !planner || sightOf(ctx, customer, await reachOfUser(ctx, planner)) !== 'whole'
  }
  const open = customer.openFollowUps ?? []
  const left = await Promise.all(open.map(isLeft))
  const ids = open.filter((_, i) => left[i]).map(({ id }) => id)
  return (await findInOrder(ctx, followUps, ids, { consistent: true })).filter(({ createdAt }) => createdAt <= event.at)
}

/** The follow-ups in the hands of the owner; cancelled when the customer came out of the pool, where nothing is planned. */
async function handed(ctx: Context, customer: Customer, some: FollowUp[]): Promise<Planned> {
  const known = new Map(some.map((followUp) => [followUp.id, followUp]))
  if (customer.fromPool) return closed(ctx, { ...untouched(customer), known }, [...known.keys()], 'cancelled')
  return some.reduce((plan, followUp): Planned => {
    const after = { ...followUp, ownerId: customer.ownerId! }
    const subject = { type: 'follow-up', id: followUp.id, customerId: customer.id }
    return {
      customer: withFollowUp(plan.customer, after),
      writes: [...plan.writes, followUps.replace(ctx, followUp, after)],
      events: [...plan.events, FollowUpChanged(subject, { changed: ['ownerId'], dueOn: after.dueOn })],
    }
  }, untouched(customer))
}

/** A mark in the last transaction: the event delivered again does not take what was planned or handed back since. */
const markOf = (event: DeliveredEvent<unknown>): IdempotentRequest => ({
  key: `follow-ups handed ${event.id}`,
  hash: event.id,
  answer: () => ({ status: 200, headers: {}, body: '' }),
})

async function handFollowUps(ctx: Context, start: Customer, event: DeliveredEvent<{ from: string | null }>): Promise<void> {
  // What was planned sleeps in the pool, where nobody is reminded of it: an undone release finds it as it was.
  if (!start.ownerId) return
  const mark = markOf(event)
  if (await findAnswer(ctx, mark)) return
  const chunks = chunksOf(await leftBehind(ctx, start, event), followUpsAtOnce)
  let customer = start
  for (const [i, chunk] of chunks.entries()) {
    const plan = await handed(ctx, customer, chunk)
    const marked = i === chunks.length - 1 ? { ...ctx, idempotency: mark } : ctx
    customer = await commit(marked, [customers.replace(ctx, customer, plan.customer), ...plan.writes], plan.events)
  }
  if (chunks.length === 0) await keepAnswer(ctx, mark, mark.answer(undefined))
}

/**
 * After a customer changed hands: its contacts are listed under the present owner, and what the former owner had planned
 * goes to the present one, or is cancelled when that one took it from the public pool. Works from the customer as it is
 * now, in transactions that each leave everything right: late, repeated and interrupted runs end in the same state.
 */
export async function rekeyRecords(ctx: Context, event: DeliveredEvent<{ from: string | null; to: string | null }>): Promise<void> {
  const customer = await find(ctx, customers, event.subject.id, { consistent: true })
  if (!customer) return
  await rekeyContacts(ctx, customer)
  await handFollowUps(ctx, customer, event)
}
