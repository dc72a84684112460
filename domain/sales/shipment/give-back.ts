import type { Opening } from '../../../events/sales.ts'
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

/**
 * An order of which shipped goods are open again, and by how much of the books' currency its commitment goes up again: they were
 * opened once already, and will be again. `openings` are what the shipment opened of an order that is paid by instalments.
 */
export function givenBack(
  ctx: Context,
  order: Order,
  back: readonly TakenBack[],
  openings: readonly Opening[] = [],
): { after: Order; base: number } {
  const after = lowered(order, back)
  const { opened, openedBase, over, overBase } = openedOf(order)
  const deferred = openings.filter(({ instalment }) => instalment !== null)
  const amount = order.instalments?.length ? 0 : back.reduce((sum, { gross }) => sum + gross, 0)
  const base = amount > 0 ? inBase(amount, order, ctx.tenant.currency) : 0
  const overNow = over > 0 ? beyond(after) : 0
  const overBaseNow = over > 0 ? Math.round((overBase * overNow) / over) : 0
  const sum = (of: 'amount' | 'base') => deferred.reduce((all, opening) => all + opening[of], 0)
  const shares: Numbers = {}
  for (const { instalment, amount, base } of deferred) {
    const [p, b] = [`p${instalment! - 1}`, `b${instalment! - 1}`]
    shares[p] = Number((order as Numbers & Order)[p] ?? 0) - amount
    shares[b] = Number((order as Numbers & Order)[b] ?? 0) - base
  }
  const counts = {
    opened: opened - (amount - (over - overNow)) - sum('amount'),
    openedBase: openedBase - (base - (overBase - overBaseNow)) - sum('base'),
    over: overNow,
    overBase: overBaseNow,
    edition: order.edition + 1,
  }
  return { after: settled({ ...after, ...shares, ...counts }), base: base + sum('base') }
}
