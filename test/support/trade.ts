import type { User } from '../../domain/identity/user/user.ts'
import type { Context } from '../../domain/kernel/context.ts'
import { addDays } from '../../domain/kernel/dates.ts'
import { type Call, callAs } from './api.ts'
import { createAnyway } from './duplicates.ts'
import { firmName } from './firm-names.ts'
import { newTenant } from './tenant.ts'

/**
 * Years of trade of an invented firm, entered through the API in no order of dates, and beside it a plain journal of what was
 * entered: one line for each amount that comes or goes, with the item it is of and the day from which it counts. Whoever sums the
 * lines up to a day knows what was open on it, without anything of ours.
 */
interface Line {
  on: string
  item: string
  /** Minor units of the document's currency. */
  units: number
}

interface Item {
  kind: 'receivable' | 'credit'
  customer: number
  currency: string
  rate: number
  issuedOn: string
  dueOn: string
}

export type Journal = { items: Map<string, Item>; lines: Line[] }

/** The same numbers for the same seed (mulberry32). */
export function randomOf(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4_294_967_296) * below)
  }
}

const firstDay = '2023-09-15'
const days = 1_000
const terms = [0, 1, 15, 30, 31, 45, 60, 90]
// A whole number of minor units at this rate, so that base amounts are exact however they are split.
const rates: Record<string, number> = { CNY: 1, USD: 7.5 }

// Nothing is entered after it, however often something is taken back and settled anew.
const lastDay = addDays(firstDay, days + 100)

const later = (a: string, b: string) => (a > b ? a : b)
const earlier = (a: string, b: string) => (a < b ? a : b)
const money = (units: number, currency: string) => ({ amount: (units / 100).toFixed(2), currency })

interface Open {
  id: string
  customer: number
  currency: string
  issuedOn: string
  dueOn: string
  left: number
}

interface Credit {
  id: string
  path: string
  customer: number
  currency: string
  on: string
  left: number
  /** Something of it was paid back: it is not taken back as a whole any more. */
  isRefunded?: boolean
  shares: { of: Open; units: number; on: string }[]
}

export interface Trade {
  journal: Journal
  customers: { id: string; ownerId: string | null }[]
  tenant: Awaited<ReturnType<typeof newTenant>>
  reps: User[]
}

/** Opens a firm and enters so many receivables with what settles them; `halfway` is done when half of it is entered. */
export async function trade(seed: number, receivables: number, halfway: (ctx: Context) => Promise<void>): Promise<Trade> {
  const random = randomOf(seed)
  const tenant = await newTenant({ locale: 'en', timeZone: 'Asia/Shanghai', currency: 'CNY' })
  const finance = await tenant.user('finance')
  const reps = [await tenant.user('rep'), await tenant.user('rep'), await tenant.user('rep')]
  const customers: Trade['customers'] = []
  for (let i = 0; i < 10; i++) {
    const ownerId = reps[i % 3]!.id
    const { id } = await createAnyway(await tenant.as(tenant.admin), { name: firmName(), ownerId })
    customers.push({ id, ownerId })
  }
  const entry = bookkeeper(callAs(tenant.id, finance), customers, random)
  const credits = Math.ceil(receivables * 0.6)
  // Money before what it pays, old entries after new ones: as books are typed.
  const steps = [...Array(receivables).fill('owe'), ...Array(credits).fill('pay'), ...Array(credits).fill('move')]
  for (let i = steps.length - 1; i > 0; i--) {
    const j = random(i + 1)
    ;[steps[i], steps[j]] = [steps[j]!, steps[i]!]
  }
  for (const [i, step] of steps.entries()) {
    if (i === steps.length >> 1) await halfway(await tenant.as(tenant.admin))
    await entry[step as 'owe' | 'pay' | 'move']()
  }
  return { journal: entry.journal, customers, tenant, reps }
}

function bookkeeper(call: Call, customers: Trade['customers'], random: (below: number) => number) {
  const journal: Journal = { items: new Map(), lines: [] }
  const [open, credits]: [Open[], Credit[]] = [[], []]
  const post = async (path: string, body: object): Promise<{ id: string }> => {
    const { status, body: answer } = await call(path, { body })
    if (status >= 300) throw new Error(`${path} ${JSON.stringify(body)} answered ${status}: ${JSON.stringify(answer)}`)
    return answer
  }
  const note = (item: string, on: string, units: number) => void journal.lines.push({ item, on, units })
  const someDay = () => addDays(firstDay, random(days))
  const pick = <T>(some: readonly T[]): T => some[random(some.length)]!
  const balance = (lines: Line[]) => lines.reduce((sum, { units }) => sum + units, 0)
  /** The first day, `from` or later, since which so much was open of an item on every day. */
  const firstWith = (units: number, lines: Line[], from: string) =>
    lines.reduce((day, { on }) => (on > from && balance(lines.filter((line) => line.on < on)) < units ? later(day, on) : day), from)
  const linesOf = (id: string | undefined) => journal.lines.filter(({ item }) => item === id)
  const shareOf = (units: number) => Math.min(units, 2 * (1 + random(Math.max(1, Math.ceil(units / 2)))))
  const rated = (currency: string) => (currency === 'CNY' ? {} : { exchangeRate: String(rates[currency]) })

  async function owe(): Promise<void> {
    const customer = random(customers.length)
    const currency = random(5) === 0 ? 'USD' : 'CNY'
    const issuedOn = someDay()
    const dueOn = addDays(issuedOn, pick(terms))
    const units = 2 * (1 + random(400_000))
    const before = random(20) === 0 ? shareOf(units) : 0
    const more = before > 0 && before < units ? { settledBefore: money(before, currency) } : {}
    const of = { customerId: customers[customer]!.id, issuedOn, dueOn }
    const { id } = await post('/v1/receivables', { ...of, amount: money(units, currency), ...rated(currency), ...more })
    const left = units - ('settledBefore' in more ? before : 0)
    journal.items.set(id, { kind: 'receivable', customer, currency, rate: rates[currency]!, issuedOn, dueOn })
    note(id, issuedOn, left)
    open.push({ id, customer, currency, issuedOn, dueOn, left })
  }

  /** Named shares of what is open of the customer, as far as the money goes; some with a day of their own. */
  function sharesOf(credit: Pick<Credit, 'customer' | 'currency' | 'on'> & { id?: string }, available: number, most: number) {
    const fitting = open.filter(({ customer, currency, left }) => customer === credit.customer && currency === credit.currency && left > 0)
    let rest = available
    // Of new money all is there from its own day on.
    const money = credit.id ? linesOf(credit.id) : [{ item: '', on: credit.on, units: available }]
    return fitting.slice(0, most).flatMap((of) => {
      const units = random(2) ? Math.min(rest, of.left) : shareOf(Math.min(rest, of.left))
      if (units <= 0) return []
      rest -= units
      const first = firstWith(units, money, firstWith(units, linesOf(of.id), later(credit.on, of.issuedOn)))
      const on = random(3) === 0 ? earlier(lastDay, addDays(first, random(40))) : first
      money.push({ item: '', on, units: -units })
      return [{ of, units, first, on }]
    })
  }

  const asked = (shares: ReturnType<typeof sharesOf>) =>
    shares.map(({ of, units, first, on }) => ({
      receivableId: of.id,
      amount: money(units, of.currency),
      ...(on === first ? {} : { allocatedOn: on }),
    }))

  function settle(credit: Credit, shares: ReturnType<typeof sharesOf>): void {
    for (const { of, units, on } of shares) {
      note(of.id, on, -units)
      note(credit.id, on, -units)
      of.left -= units
      credit.left -= units
      credit.shares.push({ of, units, on })
    }
  }

  async function pay(): Promise<void> {
    const kind = pick(['receipts', 'receipts', 'receipts', 'credit-notes', 'write-offs'])
    const customer = random(customers.length)
    const currency = random(5) === 0 ? 'USD' : 'CNY'
    const isOff = kind === 'write-offs'
    const typed = { customer, currency, on: someDay() }
    const found = random(3) === 0 && !isOff ? [] : sharesOf(typed, 2 * (1 + random(500_000)), 6)
    // A write-off counts on one day, from which all that it gives up was owed.
    const on = isOff ? found.reduce((day, { first }) => later(day, first), typed.on) : typed.on
    const shares = isOff ? found.map((share) => ({ ...share, first: on, on })) : found
    const start = { ...typed, on }
    const used = shares.reduce((sum, { units }) => sum + units, 0)
    const units = isOff ? used : used + (random(2) ? 2 * random(100_000) : 0)
    if (units === 0) return
    const deducted = kind === 'receipts' && units > 400 && random(6) === 0 ? 2 * (1 + random(90)) : 0
    const body = {
      customerId: customers[customer]!.id,
      amount: money(units - deducted, currency),
      ...rated(currency),
      allocations: asked(shares),
      ...(kind === 'receipts' ? { receivedOn: on, method: 'bank' } : { issuedOn: on, reason: 'as agreed' }),
      ...(deducted ? { deductions: [{ kind: 'bank-fee', amount: money(deducted, currency) }] } : {}),
    }
    const { id } = await post(`/v1/${kind}`, body)
    journal.items.set(id, { kind: 'credit', customer, currency, rate: rates[currency]!, issuedOn: on, dueOn: on })
    note(id, on, units)
    const credit: Credit = { id, path: `/v1/${kind}/${id}`, ...start, left: units, shares: [] }
    settle(credit, shares)
    credits.push(credit)
  }

  /** A day on which everything that a credit did, and was taken back of it, is in the books. */
  const after = (credit: Credit) => {
    const latest = linesOf(credit.id).reduce((day, { on }) => later(day, on), credit.on)
    return earlier(lastDay, addDays(latest, random(60)))
  }

  function takeBack(credit: Credit, share: Credit['shares'][number], on: string): void {
    note(share.of.id, on, share.units)
    note(credit.id, on, share.units)
    share.of.left += share.units
    credit.left += share.units
    credit.shares = credit.shares.filter((one) => one !== share)
  }

  async function move(): Promise<void> {
    const credit = credits.length > 0 ? pick(credits) : undefined
    const what = random(6)
    if (!credit) return
    const isOff = credit.path.startsWith('/v1/write-offs')
    if (what <= 2 && credit.left > 0) {
      const shares = sharesOf(credit, credit.left, 4)
      if (shares.length === 0) return
      await post(`${credit.path}/allocate`, { allocations: asked(shares) })
      settle(credit, shares)
    } else if (what === 3 && credit.shares.length > 0 && !isOff) {
      const { of } = pick(credit.shares)
      const on = after(credit)
      await post(`${credit.path}/unallocate`, { allocations: [{ receivableId: of.id }], on })
      for (const share of credit.shares.filter((one) => one.of === of)) takeBack(credit, share, on)
    } else if (what === 4 && !credit.isRefunded) {
      const on = after(credit)
      await post(`${credit.path}/reverse`, { on, reason: 'typed wrongly' })
      for (const share of [...credit.shares]) takeBack(credit, share, on)
      note(credit.id, on, -credit.left)
      credits.splice(credits.indexOf(credit), 1)
    } else if (what === 5 && credit.left > 0 && credit.path.startsWith('/v1/receipts')) {
      const units = shareOf(credit.left)
      const on = after(credit)
      await post(`${credit.path}/refund`, { amount: money(units, credit.currency), on, reason: 'asked for' })
      note(credit.id, on, -units)
      credit.left -= units
      credit.isRefunded = true
    }
  }

  return { journal, owe, pay, move }
}
