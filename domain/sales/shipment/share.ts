import { Problem } from '../../kernel/errors.ts'
import { proportion, toMicro } from '../document/decimal.ts'
import type { Order } from '../order/order.ts'
import type { OrderLineRecord } from '../order/order-line.ts'
import { names, type Shipped, shippedOf } from '../order/tally.ts'

/** What a shipment takes of a line of an order: of what was ordered, and above it. */
export interface Share {
  line: OrderLineRecord
  regular: Shipped
  /** Above what was ordered, as far as the firm allows. */
  over: Shipped
  /** Nothing of the line is left behind it. */
  isWhole: boolean
}

/** Where a quantity was asked for, for the pointer of its fault. */
interface Asked {
  line: OrderLineRecord
  quantity: string
  pointer: string
}

/** 409 `shipment.more-than-left`, with what is left. */
function moreThanLeft(pointer: string, left: number): Problem {
  const message = `Only ${left / 1_000_000} of this line are left to be shipped.`
  return new Problem('conflict', 'shipment.more-than-left', message, {
    errors: [{ pointer, code: 'shipment.more-than-left', message }],
  })
}

/**
 * The share of a line of which `before` was shipped already: in proportion to its quantity, half up; whoever takes the last of
 * it takes what rounding left, so that the line comes to its amount exactly, however it was split. Above the order, up to
 * `overPercent`, in proportion too.
 */
function shareOf({ line, quantity, pointer }: Asked, before: Shipped, overPercent: number): Share {
  const [ordered, wanted] = [toMicro(line.quantity), toMicro(quantity)]
  const most = ordered + Math.floor((ordered * overPercent) / 100)
  if (before.quantity + wanted > most) throw moreThanLeft(pointer, Math.max(0, most - before.quantity))
  const inside = Math.min(wanted, Math.max(0, ordered - before.quantity))
  const above = wanted - inside
  const isWhole = before.quantity + inside >= ordered
  const rest = { gross: Math.max(0, line.gross - before.gross), net: Math.max(0, line.net - before.net) }
  const part = (of: 'gross' | 'net') => (inside === 0 ? 0 : isWhole ? rest[of] : Math.min(proportion(line[of], inside, ordered), rest[of]))
  const beyond = (of: 'gross' | 'net') => proportion(line[of], above, ordered)
  return {
    line,
    regular: { quantity: inside, gross: part('gross'), net: part('net') },
    over: { quantity: above, gross: beyond('gross'), net: beyond('net') },
    isWhole,
  }
}

/** The order with a share taken; what a line comes to counts together, whether ordered or above. */
function withShare(order: Order, { line, regular, over }: Share): Order {
  const before = shippedOf(order, line)
  const name = names(line)
  return {
    ...order,
    [name.quantity]: before.quantity + regular.quantity + over.quantity,
    [name.gross]: before.gross + regular.gross + over.gross,
    [name.net]: before.net + regular.net + over.net,
  }
}

/** All shares that a shipment takes of one order, one after the other, and the order behind them. */
export function sharesOf(order: Order, asked: readonly Asked[], overPercent: number): { shares: Share[]; order: Order } {
  const shares: Share[] = []
  let after = order
  for (const one of asked) {
    const share = shareOf(one, shippedOf(after, one.line), overPercent)
    shares.push(share)
    after = withShare(after, share)
  }
  return { shares, order: after }
}
