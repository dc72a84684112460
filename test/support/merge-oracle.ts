import {
  type Book,
  day,
  type Firm,
  found,
  hidden,
  isActive,
  type Move,
  type Person,
  put,
  refused,
  seesWhole,
  when,
} from './ownership-oracle.ts'

/** A merge as it was made: both before, and the survivor after it. */
export interface Merged {
  before: Firm
  after: Firm
  gone: Firm
  at: number
  isUndone: boolean
}

/** One former owner each, with the later day. */
const latest = (...all: Firm['former'][]): Firm['former'] => {
  const until: Record<string, number> = {}
  for (const [id, at] of all.flatMap((one) => Object.entries(one))) until[id] = Math.max(until[id] ?? 0, at)
  return until
}

/**
 * The survivor keeps its values and gains what it lacked; one in the pool goes to the owner of the other. Who of the owners loses it has
 * had it until now.
 */
function united(own: Firm, other: Firm, isTheirs: boolean, now: number): Firm {
  const goesOver = other.owner !== null && other.owner !== own.owner && (own.owner === null || isTheirs)
  const { owner, term } = goesOver ? other : own
  const losers = [own.owner, other.owner].filter((who) => who !== null && who !== owner)
  return {
    ...own,
    owner,
    term,
    pool: owner ? null : own.pool,
    former: latest(own.former, other.former, Object.fromEntries(losers.map((who) => [who, now]))),
    aliases: [...own.aliases, other.name, ...other.aliases],
    lock: own.lock || other.lock,
    contact: Math.max(own.contact, other.contact),
  }
}

/** Makes one customer of two; `isTheirs` chooses the owner of the duplicate. */
export function merge(book: Book, merges: Merged[], by: Person, ids: { id: string; duplicateId: string }, isTheirs: boolean): Move {
  const [own, other] = [found(book, ids.id), found(book, ids.duplicateId)]
  const outOfSight = [own, other].flatMap((firm) => (firm ? hidden(by, firm) : ['customer.not-found']))
  if (!own || !other) return refused(...outOfSight)
  const broken = [
    ...outOfSight,
    ...when(own.id === other.id, 'merge.with-itself', 'customer.merged'),
    ...when(other.id !== ids.duplicateId, 'customer.merged'),
  ]
  const does = () => {
    const after = united(own, other, isTheirs, book.now)
    put(book, after, after.owner === own.owner ? undefined : 'merged')
    book.firms.delete(other.id)
    book.leadsTo.set(other.id, own.id)
    merges.push({ before: own, after, gone: other, at: book.now, isUndone: false })
  }
  return { broken, does }
}

/** Former owners without those that the merge brought, and as they were where it changed them. */
const formerOf = (firm: Firm, { before, after }: Merged): Firm['former'] =>
  Object.fromEntries(
    Object.entries(firm.former).flatMap(([id, until]) => {
      if (after.former[id] !== until) return [[id, until]]
      return before.former[id] === undefined ? [] : [[id, before.former[id]]]
    }),
  )

/** Both as they were, except what was changed since; nobody who is gone gets one back. */
function takeApart(book: Book, by: Person, one: Merged, firm: Firm): void {
  const { before, after, gone } = one
  const isAsMerged = (field: keyof Firm) => JSON.stringify(firm[field]) === JSON.stringify(after[field])
  const isThere = (who: string | null) => who === null || isActive(book, who)
  const place = (['owner', 'term', 'pool'] as const).every(isAsMerged) && isThere(before.owner) ? before : firm
  const survivor: Firm = {
    ...firm,
    ...{ owner: place.owner, term: place.term, pool: place.pool, former: formerOf(firm, one) },
    aliases: firm.aliases.filter((name) => before.aliases.includes(name) || !after.aliases.includes(name)),
    lock: isAsMerged('lock') ? before.lock : firm.lock,
    contact: isAsMerged('contact') ? before.contact : firm.contact,
  }
  put(book, survivor, survivor.owner === firm.owner ? undefined : 'merge-undone')
  book.leadsTo.delete(gone.id)
  book.firms.set(gone.id, isThere(gone.owner) ? gone : { ...gone, owner: survivor.owner ?? by.id, term: book.now })
  one.isUndone = true
}

/** Makes two customers of the one again, within 7 days, from the last merge back. */
export function undo(book: Book, by: Person, one: Merged): Move {
  const firm = found(book, one.before.id)
  if (!firm) return refused('merge.not-found')
  const broken = [
    ...when(!seesWhole(by, firm), 'merge.not-found', 'customer.not-claimed'),
    ...when(one.isUndone, 'merge.undone'),
    ...when(book.now > one.at + 7 * day, 'merge.undo-expired'),
    ...when(firm.id !== one.before.id, 'merge.undo-blocked'),
  ]
  return { broken, does: () => takeApart(book, by, one, firm) }
}
