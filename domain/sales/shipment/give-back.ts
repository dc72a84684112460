import type { Opening } from '../../../events/fields.ts'
import type { Context } from '../../kernel/context.ts'
import { inBase } from '../../kernel/money.ts'
import type { Numbers } from '../../store/tally.ts'
import type { Order } from '../order/order.ts'
import { names, openedOf, settled, shippedOf } from '../order/tally.ts'

/** What of a line of an order is taken back: quantity in millionths, amounts in minor units. */
interface TakenBack {
  line: { orderLine?: string | undefined }
  quantity: number
  gross: number
  net: number
}

/** The numbers of the lines without what is taken back. */
function lowered(order: Order, back: readonly TakenBack[]): Order {
  let after = order
  for (const { line, quantity, gross, net } of back) {
    const id = { id: line.orderLine! }
    const [name, before] = [names(id), shippedOf(after, id)]
    const counts = { [name.quantity]: before.quantity - quantity, [name.gross]: before.gross - gross, [name.net]: before.net - net }
    after = { ...after, ...counts }
  }
  return after
}

const beyond = (order: Order) => order.lines.reduce((sum, line) => sum + Math.max(0, shippedOf(order, line).gross - line.gross), 0)

/** What a cancelled shipment opened of an order that is paid by instalments. */
interface OfInstalments {
  openings: readonly Opening[]
  /** Of it what took the place of goods that came back. */
  replaced: { amount: number; base: number }
}

const grossOf = (back: readonly TakenBack[]) => back.reduce((sum, { gross }) => sum + gross, 0)

/** The shares of the instalments that follow the goods, without those that were opened here. */
function withoutShares(order: Order, openings: readonly Opening[]): { shares: Numbers; amount: number; base: number } {
  const deferred = openings.filter(({ instalment }) => instalment !== null)
  const sum = (of: 'amount' | 'base') => deferred.reduce((all, opening) => all + opening[of], 0)
  const shares: Numbers = {}
  for (const { instalment, amount, base } of deferred) {
    const [p, b] = [`p${instalment! - 1}`, `b${instalment! - 1}`]
    shares[p] = Number((order as Numbers & Order)[p] ?? 0) - amount
    shares[b] = Number((order as Numbers & Order)[b] ?? 0) - base
  }
  return { shares, amount: sum('amount'), base: sum('base') }
}

/**
 * An order of which shipped goods are open again, and by how much of the books' currency its commitment goes up again: they were
 * opened once already, and will be again. Of an order that is paid by instalments a cancelled shipment gives back what it opened;
 * goods that came back to be replaced (no `by`) are credited, and their replacement is owed by the terms.
 */
export function givenBack(ctx: Context, order: Order, back: readonly TakenBack[], by?: OfInstalments): { after: Order; base: number } {
  const after = lowered(order, back)
  const { opened, openedBase, over, overBase, again, againBase } = openedOf(order)
  const overNow = over > 0 ? beyond(after) : 0
  const overBaseNow = over > 0 ? Math.round((overBase * overNow) / over) : 0
  const above = { amount: over - overNow, base: overBase - overBaseNow }
  const isByInstalments = Boolean(order.instalments?.length)
  const gross = grossOf(back)
  const regular =
    isByInstalments && by ? by.replaced : { amount: gross - above.amount, base: inBase(gross, order, ctx.tenant.currency) - above.base }
  const { shares, amount, base } = withoutShares(order, by?.openings ?? [])
  const counts = {
    ...(isByInstalments && regular.amount > 0 ? { again: again + regular.amount, againBase: againBase + regular.base } : {}),
    opened: opened - regular.amount - amount,
    openedBase: openedBase - regular.base - base,
    over: overNow,
    overBase: overBaseNow,
    edition: order.edition + 1,
  }
  // Goods above the order that came back are not promised again; those that never left are as if they had not been asked for.
  const promised = regular.base + base + (by ? above.base : 0)
  // Of goods that left before they came into these books nothing was ever promised or opened here.
  return { after: settled({ ...after, ...shares, ...counts }), base: order.history ? 0 : promised }
}
