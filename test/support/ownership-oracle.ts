import { addDays, localDate } from '../../domain/kernel/dates.ts'

/** Who may own customers: reps, and leaders, who assign, keep the pool and see those below. */
export interface Person {
  id: string
  isLeader: boolean
  sees: 'all' | readonly string[]
  active: boolean
}

/** A customer as the rules speak of it, moments in milliseconds. */
export interface Firm {
  id: string
  name: string
  /** Names of those that were merged into it. */
  aliases: readonly string[]
  owner: string | null
  /** Since when the owner has it. */
  term: number
  pool: { how: 'created' | 'released' | 'reclaimed'; by: string; from: string | null; since: number; term: number } | null
  /** Until when whom else it once belonged to. */
  former: Readonly<Record<string, number>>
  /** Since when it is locked; 0 while it is not. */
  lock: number
  contact: number
  unlocked: number
}

/** The rules of the pool; every customer is of the one level that has a rule. */
interface Rules {
  cap: number
  quota: number
  coolingDays: number
  noContactDays: number
  warnDays: number
}

/**
 * Who owns whom, kept in memory by the rules of domain.md alone: one owner or the pool, a term, who had it before, a lock. It knows
 * nothing of how the product does it.
 */
export interface Book {
  people: readonly Person[]
  rules: Rules
  start: number
  now: number
  firms: Map<string, Firm>
  /** Into whom those were merged that are no more. */
  leadsTo: Map<string, string>
  claims: { who: string; day: string }[]
  history: { of: string; from: string | null; to: string | null; how: string }[]
}

/** What somebody wants to do: the rules that forbid it, by the codes of which one must be answered, and what it does when none does. */
export interface Move {
  broken: string[]
  does(): void
}

const hour = 3_600_000
export const day = 24 * hour
const dayOf = (at: number) => localDate(new Date(at).toISOString(), 'Asia/Shanghai')
export const when = (isBroken: boolean, ...codes: string[]): string[] => (isBroken ? codes : [])
export const refused = (...broken: string[]): Move => ({ broken, does: () => {} })
const nowhere = refused('customer.not-found')
const without = (former: Firm['former'], who: string): Firm['former'] =>
  Object.fromEntries(Object.entries(former).filter(([id]) => id !== who))

export const openBook = (people: readonly Person[], rules: Rules, start: number): Book => ({
  ...{ people, rules, start, now: start },
  ...{ firms: new Map(), leadsTo: new Map(), claims: [], history: [] },
})

/** The customer that an id leads to. */
export function found(book: Book, id: string): Firm | undefined {
  const next = book.leadsTo.get(id)
  return next === undefined ? book.firms.get(id) : found(book, next)
}

export const owned = ({ firms }: Book, who: string): number => [...firms.values()].filter(({ owner }) => owner === who).length
export const isActive = ({ people }: Book, who: string): boolean => people.find(({ id }) => id === who)!.active
const isFull = (book: Book, who: string) => owned(book, who) >= book.rules.cap
const reaches = ({ sees }: Person, who: string) => sees === 'all' || sees.includes(who)
export const seesWhole = (by: Person, { owner }: Firm): boolean => (owner ? reaches(by, owner) : by.isLeader)

export function wait(book: Book, hours: number): void {
  book.now += hours * hour
}

/** Out of sight, or seen only as the pool shows it. */
export const hidden = (by: Person, firm: Firm): string[] =>
  seesWhole(by, firm) ? [] : firm.owner ? ['customer.not-found'] : ['customer.not-claimed']

/** Writes it down, and how its owner changed. */
export function put({ firms, history }: Book, firm: Firm, how?: string): void {
  const from = firms.get(firm.id)?.owner ?? null
  if (how) history.push({ of: firm.id, from, to: firm.owner, how })
  firms.set(firm.id, firm)
}

/** Whoever loses a customer, in whatever way, has had it until now. */
const losing = ({ now }: Book, { owner, former }: Firm): Firm['former'] => (owner ? { ...former, [owner]: now } : former)
const given = (book: Book, firm: Firm, owner: string): Firm => ({ ...firm, owner, term: book.now, pool: null, former: losing(book, firm) })
const intoPool = (book: Book, firm: Firm, how: 'released' | 'reclaimed', by: string): Firm => ({
  ...firm,
  owner: null,
  pool: { how, by, from: firm.owner, since: book.now, term: firm.term },
  former: losing(book, firm),
})

const receiver = (book: Book, by: Person, to: string): string[] => [
  ...when(!isActive(book, to), 'user.inactive'),
  ...when(!reaches(by, to), 'owner.out-of-scope'),
]

/** What forbids a new customer of that name, and how it is there by the id that it got. */
export function create(book: Book, by: Person, name: string, owner: string | null): { broken: string[]; as(id: string): void } {
  const isTaken = [...book.firms.values()].some((firm) => firm.name === name || firm.aliases.includes(name))
  const broken = [...when(isTaken, 'customer.duplicate', 'customer.duplicate-suspected'), ...(owner ? receiver(book, by, owner) : [])]
  const pool = owner ? null : { how: 'created' as const, by: by.id, from: null, since: book.now, term: 0 }
  const bare = { name, aliases: [], owner, term: book.now, pool, former: {}, lock: 0, contact: 0, unlocked: 0 }
  return { broken, as: (id) => put(book, { id, ...bare }) }
}

export function claim(book: Book, by: Person, id: string): Move {
  const firm = found(book, id)
  if (!firm) return nowhere
  if (firm.owner) return refused('customer.already-owned', ...when(!seesWhole(by, firm), 'customer.not-found'))
  const { now, rules, claims } = book
  const { pool, former } = firm
  const isUndo = pool?.how === 'released' && pool.by === by.id && pool.from === by.id && now - pool.since <= day
  const cools = now < (former[by.id] ?? Number.NEGATIVE_INFINITY) + rules.coolingDays * day
  const used = claims.filter((one) => one.who === by.id && one.day === dayOf(now)).length
  const broken = [
    ...when(firm.lock > 0, 'customer.locked'),
    ...when(!isUndo && cools, 'customer.cooling'),
    ...when(!isUndo && used >= rules.quota, 'pool.quota-reached'),
    ...when(isFull(book, by.id), 'pool.cap-reached'),
  ]
  const does = () => {
    if (isUndo) return put(book, { ...firm, owner: by.id, term: pool.term, pool: null, former: without(former, by.id) }, 'release-undone')
    claims.push({ who: by.id, day: dayOf(now) })
    put(book, given(book, firm, by.id), 'claimed')
  }
  return { broken, does }
}

export function release(book: Book, by: Person, id: string): Move {
  const firm = found(book, id)
  if (!firm) return nowhere
  if (!firm.owner) return refused('customer.in-pool')
  const broken = [...when(!reaches(by, firm.owner), 'customer.not-found'), ...when(firm.lock > 0, 'customer.locked')]
  return { broken, does: () => put(book, intoPool(book, firm, 'released', by.id), 'released') }
}

export function assign(book: Book, by: Person, id: string, to: string): Move {
  const firm = found(book, id)
  if (!firm) return nowhere
  const isMove = firm.owner !== to
  const broken = [...hidden(by, firm), ...receiver(book, by, to), ...when(isMove && isFull(book, to), 'pool.cap-reached')]
  return { broken, does: () => void (isMove && put(book, given(book, firm, to), 'assigned')) }
}

export function lock(book: Book, by: Person, id: string, isLocked: boolean): Move {
  const firm = found(book, id)
  if (!firm) return nowhere
  const unlocked = firm.lock && !isLocked ? book.now : firm.unlocked
  return { broken: hidden(by, firm), does: () => put(book, { ...firm, lock: isLocked ? firm.lock || book.now : 0, unlocked }) }
}

/** A contact that counts; a note does not. */
export const talk = (book: Book, id: string): void => put(book, { ...found(book, id)!, contact: book.now })

export function remove(book: Book, by: Person, id: string): Move {
  const firm = found(book, id)
  if (!firm) return nowhere
  return { broken: [...hidden(by, firm), ...when(firm.id !== id, 'customer.merged')], does: () => void book.firms.delete(id) }
}

export function handOver(book: Book, leaver: Person, to: string): void {
  leaver.active = false
  for (const firm of book.firms.values()) if (firm.owner === leaver.id) put(book, given(book, firm, to), 'handed-over')
}

/** A firm goes on the first day on which strictly more days have passed than allowed, and after an unlocking not before the warning. */
export function reclaim(book: Book): void {
  const { rules, start, now } = book
  for (const firm of book.firms.values()) {
    const last = addDays(dayOf(Math.max(firm.term, firm.contact)), rules.noContactDays + 1)
    const held = [start, firm.unlocked].map((at) => addDays(dayOf(at), Math.min(rules.warnDays, rules.noContactDays)))
    const isDue = [last, ...held].every((on) => on <= dayOf(now))
    if (firm.owner && !firm.lock && isDue) put(book, intoPool(book, firm, 'reclaimed', 'system'), 'reclaimed')
  }
}
