import type { Opening } from '../../../events/fields.ts'
import type { Context } from '../../kernel/context.ts'
import { StaleWrite } from '../../kernel/errors.ts'
import { inBase } from '../../kernel/money.ts'
import { step } from '../../kernel/states.ts'
import { exactly, type Numbers, tallyWrite } from '../../store/tally.ts'
import type { Action, Write } from '../../store/write.ts'
import { proportion, toMicro } from '../document/decimal.ts'
import { isUpFront } from '../order/instalment.ts'
import { instalmentBases } from '../order/openings.ts'
import { orders } from '../order/order.table.ts'
import type { Order } from '../order/order.ts'
import { orderStates } from '../order/order-states.ts'
import { names, numberOf, openedOf, runningStatus, settled, shippedGross } from '../order/tally.ts'
import type { Share } from './share.ts'

/** More lines than that are too many conditions for one update. */
const mostFreeLines = 20

const stale = () => new StaleWrite()
const sum = (shares: readonly Share[], of: 'regular' | 'over', what: 'gross' | 'net') =>
  shares.reduce((all, share) => all + share[of][what], 0)

/** What a shipment makes of an order. */
interface OrderDispatch {
  order: Order
  openings: Opening[]
  waiting: Opening[]
  /** What was shipped above the order raises its commitment. */
  overBase: number
  /** What of an order that is paid by instalments took the place of goods that came back. */
  again: { amount: number; base: number }
  write: Write
}

const openingOf = (order: Order, more: Pick<Opening, 'amount' | 'base' | 'by'> & Partial<Opening>): Opening => ({
  of: order.id,
  instalment: null,
  days: null,
  on: null,
  terms: order.paymentTerms ?? null,
  exchangeRate: order.exchangeRate,
  isLast: false,
  ...more,
})

/** The shares of the instalments that follow the goods, and the numbers by which they are counted. */
function deferred(order: Order, after: Order, againLeft: number, isLast: boolean): { openings: Opening[]; counts: Numbers } {
  const bases = instalmentBases(order)
  const shipped = shippedGross(after) + againLeft
  const openings: Opening[] = []
  const counts: Numbers = {}
  for (const [i, { trigger, amount, days }] of (order.instalments ?? []).entries()) {
    if (isUpFront(trigger)) continue
    const share = (whole: number, name: string) => {
      const done = numberOf(order, name)
      const part = isLast ? whole - done : Math.max(0, Math.min(whole, proportion(whole, shipped, order.total)) - done)
      counts[name] = done + part
      return part
    }
    const part = { amount: share(amount, `p${i}`), base: share(bases[i]!, `b${i}`) }
    if (part.amount > 0) openings.push(openingOf(order, { ...part, by: trigger, instalment: i + 1, days: days ?? null, isLast }))
  }
  return { openings, counts }
}

/** Of goods that are paid by instalments, those that take the place of what came back are owed by the terms. */
function replacing(ctx: Context, order: Order, gross: number) {
  const { again, againBase } = openedOf(order)
  const amount = Math.min(again, gross)
  return { amount, base: amount === again ? againBase : Math.min(againBase, inBase(amount, order, ctx.tenant.currency)) }
}

/** What of what was ordered becomes owed by the terms of the order. */
function regularByTerms(ctx: Context, order: Order, gross: number, isLast: boolean) {
  if (order.instalments?.length) return replacing(ctx, order, gross)
  const left = Math.max(0, order.base - openedOf(order).openedBase)
  return { amount: gross, base: isLast ? left : Math.min(left, inBase(gross, order, ctx.tenant.currency)) }
}

/** What becomes owed by the terms of the order; above it too. */
function byTerms(ctx: Context, order: Order, shares: readonly Share[], isLast: boolean) {
  const { amount, base } = regularByTerms(ctx, order, sum(shares, 'regular', 'gross'), isLast)
  const over = sum(shares, 'over', 'gross')
  const overBase = inBase(over, order, ctx.tenant.currency)
  const all = { amount: amount + over, base: base + overBase }
  return { amount, base, over, overBase, openings: all.amount > 0 ? [openingOf(order, { ...all, by: 'terms', isLast })] : [] }
}

/**
 * Adds to the numbers of an order without asking for its version: others may ship other parts of it at the same moment. Its owner must be
 * as it was read: orders follow their customer to another owner before shipments do, so that a shipment of the former one is followed too.
 */
function freely(
  before: Order,
  shares: readonly Share[],
  by: { amount: number; base: number },
  set: { shippedOn: string; updatedAt: string },
): Write {
  const add: Numbers = { version: 1, opened: by.amount, openedBase: by.base }
  const limits = [exactly('edition', before.edition), { of: 'openedBase', most: before.base, broken: stale }]
  for (const { line, regular } of shares) {
    const name = names(line)
    for (const what of ['quantity', 'gross', 'net'] as const) add[name[what]] = (add[name[what]] ?? 0) + regular[what]
    // Whoever ships the last of a line takes what rounding left of it, and has to know that it is the last.
    limits.push({ of: name.quantity, most: toMicro(line.quantity) - 1, broken: stale })
    limits.push({ of: name.gross, most: line.gross, broken: stale }, { of: name.net, most: line.net, broken: stale })
  }
  const tally = tallyWrite({ key: orders.key(before.id), add, limits, set: { status: 'partly-shipped', ...set } })
  const { actions: holding } = orders.keepField(before, 'ownerId')
  return {
    ...tally,
    actions: (ctx) => {
      const [{ condition, names, values, onFail }] = holding(ctx) as [Action]
      return tally.actions(ctx).map((action) => ({ ...action, condition, names, values, onFail }) as Action)
    },
  }
}

/** True for shares that leave something of each line, and of an order whose instalments do not have to be counted on. */
const isFree = (order: Order, shares: readonly Share[]): boolean =>
  !order.instalments?.length && shares.length <= mostFreeLines && shares.every(({ isWhole, over }) => !isWhole && over.quantity === 0)

/**
 * What the shares of a shipment that leaves on a day make of their order: what is owed now or once they are signed for, and the order behind them.
 * Shares of an order together come to its total and to its base exactly. 409 `order.state` for an order that ships nothing.
 */
export function dispatchOrder(ctx: Context, before: Order, after: Order, shares: readonly Share[], on: string): OrderDispatch {
  step('order', orderStates, before.status, 'ship')
  const isLast = runningStatus(after) === 'shipped' && runningStatus(before) !== 'shipped'
  const terms = byTerms(ctx, before, shares, isLast)
  const was = openedOf(before)
  const again = before.instalments?.length ? { amount: terms.amount, base: terms.base } : { amount: 0, base: 0 }
  const { openings, counts } = deferred(before, after, was.again - again.amount, isLast)
  const add = (of: 'amount' | 'base') => openings.reduce((all, opening) => all + opening[of], terms[of])
  const opened = { opened: was.opened + add('amount'), openedBase: was.openedBase + add('base') }
  const over = { over: was.over + terms.over, overBase: was.overBase + terms.overBase }
  const left = again.amount > 0 ? { again: was.again - again.amount, againBase: was.againBase - again.base } : {}
  const shippedOn = before.shippedOn && before.shippedOn > on ? before.shippedOn : on
  const order = settled({ ...after, ...counts, ...opened, ...over, ...left, shippedOn })
  const write = isFree(before, shares)
    ? freely(before, shares, { amount: add('amount'), base: add('base') }, { shippedOn, updatedAt: ctx.now() })
    : orders.replace(ctx, before, order)
  // What is replaced of goods that left before they came into these books is settled elsewhere too.
  if (before.history) return { order, openings: [], waiting: [], overBase: 0, again: { amount: 0, base: 0 }, write }
  const signed = openings.filter(({ by }) => by === 'signed')
  return {
    order,
    openings: [...terms.openings, ...openings.filter(({ by }) => by !== 'signed')],
    waiting: signed,
    overBase: terms.overBase,
    again,
    write,
  }
}
