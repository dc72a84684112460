import { Problem } from '../../kernel/errors.ts'
import { toMicro } from '../document/decimal.ts'
import { priceDocument } from '../document/price-document.ts'
import type { Order } from './order.ts'
import type { Composed } from './price-order.ts'
import { openMicro, shippedOf } from './tally.ts'

const belowShipped = (pointer: string, message: string) =>
  new Problem('conflict', 'order.below-shipped', message, { errors: [{ pointer, code: 'order.below-shipped', message }] })

const tooCheap = (place: number) =>
  belowShipped(`/lines/${place}/unitPrice`, 'What was shipped of this line was worth more than all of it would be.')

type Head = Pick<Order, 'currency' | 'pricesIncludeTax'>

/** What a line comes to before any discount of the document. */
const alone = ({ currency, pricesIncludeTax }: Head, line: Composed) =>
  priceDocument({ currency, pricesIncludeTax, discount: undefined, lines: [line] }).lines[0]!

/**
 * 409 `order.below-shipped`: what left is not taken away, and not made cheaper by another price. Judged before the document is
 * priced, since it may leave nothing that a discount could be taken off.
 */
export function requireKept(before: Order, head: Head, lines: readonly Composed[]): void {
  const at = new Map(lines.map((line, i) => [line.id, i]))
  for (const line of before.lines) {
    const { quantity, gross, net } = shippedOf(before, line)
    if (quantity === 0) continue
    const i = at.get(line.id)
    if (i === undefined) throw belowShipped('/lines', 'A line of which something was shipped cannot be taken out.')
    const now = lines[i]!
    if (now.quantity !== line.quantity && toMicro(now.quantity) < quantity)
      throw belowShipped(`/lines/${i}/quantity`, 'More than that was shipped already.')
    const most = alone(head, now)
    if (toMicro(now.quantity) > quantity && (most.gross < gross || most.net < net)) throw tooCheap(i)
  }
}

/** 409 `order.below-shipped`: what left is not made cheaper by a discount either. */
export function requireAsDear(before: Order, after: Order): void {
  for (const [i, now] of after.lines.entries()) {
    const { quantity, gross, net } = shippedOf(before, now)
    if (quantity > 0 && openMicro(after, now) > 0 && (now.gross < gross || now.net < net)) throw tooCheap(i)
  }
}
