import type { Context } from '../../kernel/context.ts'
import { type Customer, creditKey, partitionsOf } from '../../parties/index.ts'
import type { ItemKey } from '../../store/entity-definition.ts'
import { readItems } from '../../store/read-items.ts'
import { exactly, type Numbers, numbersOf, type TallyLimit, tallyWrite } from '../../store/tally.ts'
import type { Write } from '../../store/write.ts'

/**
 * What one partition of a customer owes, in minor units of the books' currency, kept in the transaction of what it follows
 * from: `exposure = receivable − unallocated + ordered + bills`. Acceptance bills count until they mature, since until then
 * nobody has paid: there is a number for each day on which some mature (`b2026-12-31`), so that no job has to take them out.
 */
interface CreditFigures {
  exposure: number
  receivable: number
  unallocated: number
  ordered: number
  bills: number
  /** Of `bills`, those due by the day that was asked for: they do not count any more. */
  matured: number
}

interface CreditChange {
  receivable?: number
  unallocated?: number
  ordered?: number
  /** A bill that was taken, or (below zero) given back. */
  bill?: { dueOn: string; by: number }
}

const billOf = (dueOn: string) => `b${dueOn}`
const isBill = (name: string) => /^b\d{4}-/.test(name)

/** Part of the commit of what changes it. `limits` are on its numbers after the change. */
export function changeCredit(home: string, change: CreditChange, limits: TallyLimit[] = []): Write<void> {
  const { receivable = 0, unallocated = 0, ordered = 0, bill } = change
  const exposure = receivable - unallocated + ordered + (bill?.by ?? 0)
  const add = { exposure, receivable, unallocated, ordered, ...(bill ? { [billOf(bill.dueOn)]: bill.by } : {}) }
  const isChange = Object.values(add).some((by) => by !== 0)
  return tallyWrite({ key: creditKey(home), add, limits, ...(isChange ? { set: { entity: 'credit' } } : {}) })
}

/** The figures of a customer as of a day, on which some of its bills have matured; minor units of the books. */
export function figuresOf(numbers: Numbers, day: string): CreditFigures {
  const bills = Object.entries(numbers).filter(([name]) => isBill(name))
  const sum = (some: [string, number][]) => some.reduce((total, [, amount]) => total + amount, 0)
  return {
    exposure: numbers.exposure ?? 0,
    receivable: numbers.receivable ?? 0,
    unallocated: numbers.unallocated ?? 0,
    ordered: numbers.ordered ?? 0,
    bills: sum(bills),
    matured: sum(bills.filter(([name]) => name <= billOf(day))),
  }
}

/** The credit item of each partition of a customer, as it is named there. Consistent. */
export async function readCreditItems(
  ctx: Context,
  customer: Customer,
  keys: ItemKey[] = [],
): Promise<{ items: Numbers[]; others: Numbers[] }> {
  const homes = partitionsOf(customer)
  const found = await readItems(ctx, [...homes.map(creditKey), ...keys], { consistent: true })
  const numbers = found.map(numbersOf)
  return { items: numbers.slice(0, homes.length), others: numbers.slice(homes.length) }
}

/** The figures of all partitions together. */
export const summedFigures = (all: CreditFigures[]): CreditFigures =>
  all.reduce((sum, one) => ({
    exposure: sum.exposure + one.exposure,
    receivable: sum.receivable + one.receivable,
    unallocated: sum.unallocated + one.unallocated,
    ordered: sum.ordered + one.ordered,
    bills: sum.bills + one.bills,
    matured: sum.matured + one.matured,
  }))

/** The numbers of the bills that have matured by a day: what rests on them must still find them so. */
export const maturedBills = (numbers: Numbers, day: string): [string, number][] =>
  Object.entries(numbers).filter(([name, amount]) => isBill(name) && name <= billOf(day) && amount !== 0)

/** Whether something is ordered that was not shipped, or owed that was not paid; `holds` are stale once it is otherwise than it was read. */
export async function openBooks(ctx: Context, customer: Customer): Promise<{ areOpen: boolean; holds: Write[] }> {
  const { items } = await readCreditItems(ctx, customer)
  const areOpen = items.some(({ ordered = 0, receivable = 0 }) => ordered !== 0 || receivable !== 0)
  const holds = partitionsOf(customer).map((home) => changeCredit(home, {}, [exactly('ordered', 0), exactly('receivable', 0)]))
  return { areOpen, holds: areOpen ? [] : holds }
}
