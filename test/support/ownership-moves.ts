import fc from 'fast-check'
import type { User } from '../../domain/identity/user/user.ts'
import type { Context } from '../../domain/kernel/context.ts'
import { localDate } from '../../domain/kernel/dates.ts'
import { Problem } from '../../domain/kernel/errors.ts'
import { logActivity } from '../../domain/parties/activity/log-activity.ts'
import { createCustomer, deleteCustomer } from '../../domain/parties/customer/change-customer.ts'
import { runHandover } from '../../domain/parties/handover/run-handover.ts'
import { startHandover } from '../../domain/parties/handover/start-handover.ts'
import { undoMerge } from '../../domain/parties/merge/undo-merge.ts'
import { assignCustomer } from '../../domain/parties/ownership/assign-customer.ts'
import { claimCustomer } from '../../domain/parties/ownership/claim-customer.ts'
import { lockCustomer } from '../../domain/parties/ownership/lock-customer.ts'
import { reclaimCustomers } from '../../domain/parties/ownership/reclaim-customers.ts'
import { releaseCustomer } from '../../domain/parties/ownership/release-customer.ts'
import { handoverMovers } from '../../functions/handover-movers.ts'
import { systemActor, systemContext, tenantContext } from '../../functions/runtime.ts'
import { carryOut, start } from './merge.ts'
import { type Merged, merge, undo } from './merge-oracle.ts'
import * as rules from './ownership-oracle.ts'
import { tenantWithPool } from './pool.ts'
import type { TestTenant } from './tenant.ts'

const poolRules = { cap: 3, quota: 2, coolingDays: 2, noContactDays: 5, warnDays: 3 }
/** No two are like each other; each is also written in other ways that come to the same. */
const names = ['安邦五金', '晨恩纺织', '国翰食品', '荣瑞软件', '泰祥物流', '旭宇家具', '鼎龙印刷', '凯康照明']
const spelled = [(name: string) => name, (name: string) => `${name}有限公司`, (name: string) => `（${name}） 股份有限公司`]

const moves = ['create', 'claim', 'release', 'assign', 'lock', 'remove', 'talk', 'merge', 'undo', 'handOver', 'reclaim', 'wait'] as const
type MoveName = (typeof moves)[number]

/** The name that is meant by one of its spellings. */
export const meant = (name: string): string => names.find((one) => name.includes(one))!

/** One thing that somebody wants: of which customers, for whom, and in what way. */
interface Operation {
  name: MoveName
  by: number
  of: number
  to: number
  how: number
}

/** A firm of five whose clock the test moves on, with what is in the table beside what should be there. */
export interface World {
  tenant: TestTenant
  book: rules.Book
  merges: Merged[]
  users: User[]
  /** Ids of all customers that ever were, and of all merges, as they came. */
  ids: string[]
  mergeIds: string[]
  as(user: rules.Person | 'system'): Context
}

export async function openWorld(): Promise<World> {
  const { cap, quota, coolingDays, noContactDays, warnDays } = poolRules
  const levels = { small: { noContactDays } }
  const tenant = await tenantWithPool({ capPerUser: cap, quotaPerDay: quota, coolingDays, warnDays, levels })
  const mia = await tenant.user('manager')
  const [ann, ben, cid] = [
    await tenant.user('rep', { managerId: mia.id }),
    await tenant.user('rep', { managerId: mia.id }),
    await tenant.user('rep'),
  ]
  const users = [tenant.admin, mia, ann, ben, cid]
  const sees = ['all' as const, [mia.id, ann.id, ben.id], ...[ann, ben, cid].map(({ id }) => [id])]
  const people = users.map(({ id }, i): rules.Person => ({ id, isLeader: i < 2, sees: sees[i]!, active: true }))
  const book = rules.openBook(people, poolRules, Date.now())
  const contexts = new Map<string, Context>()
  for (const user of users) contexts.set(user.id, await tenant.as(user))
  contexts.set('system', await tenantContext(tenant.id, systemActor, undefined, { enqueue: async () => {} }))
  const now = () => new Date(book.now).toISOString()
  const as = (user: rules.Person | 'system') => ({ ...contexts.get(user === 'system' ? user : user.id)!, now })
  return { tenant, book, merges: [], users, ids: [], mergeIds: [], as }
}

const pick = <T>(all: readonly T[], place: number): T => all[place % all.length]!

/** How it ended: the code of the rule that forbade it, or undefined. */
async function codeOf(work: Promise<unknown>): Promise<string | undefined> {
  try {
    await work
    return undefined
  } catch (error) {
    if (error instanceof Problem) return error.code
    throw error
  }
}

/** Does it in the product, and in the oracle; both must agree on whether it may be done. */
async function agree({ broken, does }: rules.Move, work: Promise<unknown>): Promise<void> {
  const code = await codeOf(work)
  const isExpected = broken.length === 0 ? code === undefined : code !== undefined && broken.includes(code)
  if (!isExpected) throw new Error(`answered ${code ?? 'done'} where ${broken.join(' or ') || 'done'} was due`)
  if (code === undefined) does()
}

const leaders = ({ people }: rules.Book) => people.filter(({ isLeader }) => isLeader)
const reason = 'x'

/** What each operation asks of the product and of the oracle; nothing where there is nobody or nothing to do it with. */
const doing: Record<MoveName, (world: World, by: rules.Person, operation: Operation, id: string) => Promise<void>> = {
  async create({ book, ids, as }, by, { of, to, how }) {
    const owner = [by.id, null, pick(book.people, to).id][how % 3]!
    const name = pick(names, of)
    const { broken, as: thereAs } = rules.create(book, by, name, owner)
    let id = ''
    const work = async () => {
      id = (await createCustomer(as(by), { name: pick(spelled, to)(name), level: 'small', ...(how % 3 === 0 ? {} : { ownerId: owner }) }))
        .id
    }
    await agree({ broken, does: () => thereAs(id) }, work())
    if (id) ids.push(id)
  },
  claim: ({ book, as }, by, _, id) => agree(rules.claim(book, by, id), claimCustomer(as(by), { id })),
  release: ({ book, as }, by, _, id) => agree(rules.release(book, by, id), releaseCustomer(as(by), { id, reason })),
  assign({ book, as }, _, { by, to }, id) {
    const [leader, receiver] = [pick(leaders(book), by), pick(book.people, to)]
    return agree(rules.assign(book, leader, id, receiver.id), assignCustomer(as(leader), { id, ownerId: receiver.id, reason }))
  },
  lock({ book, as }, _, { by, how }, id) {
    const [leader, locked] = [pick(leaders(book), by), how % 2 === 0]
    return agree(rules.lock(book, leader, id, locked), lockCustomer(as(leader), { id, locked, ...(locked ? { reason } : {}) }))
  },
  remove({ book, as }, _, { by }, id) {
    const leader = pick(leaders(book), by)
    return agree(rules.remove(book, leader, id), deleteCustomer(as(leader), { id }))
  },
  async talk({ book, as }, _, { how }, id) {
    const owner = book.people.find((one) => one.id === rules.found(book, id)?.owner)
    if (!owner) return
    // A note is no contact.
    const kind = how % 4 === 0 ? 'note' : 'call'
    await logActivity(as(owner), { customerId: id, kind, at: as(owner).now(), summary: 'x' })
    if (kind === 'call') rules.talk(book, id)
  },
  async merge({ book, merges, ids, mergeIds, as }, by, { to, how }, id) {
    const others = ids.filter((one) => one !== id && (how % 5 === 0 || book.firms.has(one)))
    const duplicateId = pick(others.length > 0 ? others : ids, to)
    const choices = how % 2 ? { ownerId: 'duplicate' as const } : {}
    const work = async () => {
      const started = await start(as(by), id, { duplicateId, choices })
      mergeIds.push(started.id)
      await carryOut(as('system'), started.id)
    }
    await agree(merge(book, merges, by, { id, duplicateId }, how % 2 === 1), work())
  },
  async undo({ book, merges, mergeIds, as }, by, { of }) {
    if (mergeIds.length === 0) return
    const place = of % mergeIds.length
    const work = async () => {
      await undoMerge(as(by), { id: mergeIds[place]! })
      await carryOut(as('system'), mergeIds[place]!)
    }
    await agree(undo(book, by, merges[place]!), work())
  },
  async handOver({ book, as }, _, { of, to }) {
    const reps = book.people.filter(({ isLeader, active }) => !isLeader && active)
    const [leaver, receiver] = [
      pick(reps, of),
      pick(
        book.people.filter(({ active }) => active),
        to,
      ),
    ]
    if (reps.length < 2 || leaver === receiver) return
    const { id } = await startHandover(as(book.people[0]!), { id: leaver.id, toUserId: receiver.id })
    while (!(await runHandover(as('system'), systemContext(), id, handoverMovers)));
    rules.handOver(book, leaver, receiver.id)
  },
  async reclaim({ tenant, book, as }) {
    const day = localDate(as('system').now(), 'Asia/Shanghai')
    await reclaimCustomers(as('system'), { tenantId: tenant.id, day, part: 'small' }, async () => ({ runs: false, holds: [] }))
    rules.reclaim(book)
  },
  wait: async ({ book }, _, { how }) => rules.wait(book, [3, 25, 49, 80, 150, 200][how % 6]!),
}

const operation = (...names: MoveName[]): fc.Arbitrary<Operation> =>
  fc.record({ name: fc.constantFrom(...names), by: fc.nat(19), of: fc.nat(15), to: fc.nat(15), how: fc.nat(23) })

/** Some customers, and then whatever there is: they change hands often, people leave now and then. */
export const operations: fc.Arbitrary<Operation[]> = fc
  .tuple(
    fc.array(operation('create'), { minLength: 3, maxLength: 6, size: 'max' }),
    fc.array(operation(...moves, 'claim', 'claim', 'release', 'assign', 'merge', 'merge', 'undo', 'wait', 'wait'), {
      minLength: 8,
      maxLength: 18,
      size: 'max',
    }),
  )
  .map((both) => both.flat())

/** Mostly somebody who may do it: the admin, or the owner where that is enough; now and then whoever comes. */
function whoDoes({ book }: World, { name, by, how }: Operation, id: string): rules.Person {
  const there = book.people.filter(({ active }) => active)
  const owner = there.find((one) => one.id === rules.found(book, id)?.owner)
  if (how % 3 > 0 && name === 'release' && owner) return owner
  if (how % 3 > 0 && (name === 'merge' || name === 'undo')) return there[0]!
  return pick(there, by)
}

/** Does one thing, a second after the last one; mostly with what is still there. */
export async function play(world: World, operation: Operation): Promise<void> {
  const { book, ids } = world
  rules.wait(book, 1 / 3600)
  const { name, of, how } = operation
  const live = ids.filter((id) => book.firms.has(id))
  const within = how % 5 > 0 && live.length > 0 ? live : ids
  if (name !== 'create' && within.length === 0) return
  const id = within.length > 0 ? pick(within, of) : ''
  await doing[name](world, whoDoes(world, operation, id), operation, id)
}
