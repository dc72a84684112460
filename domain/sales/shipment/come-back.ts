import type { Context } from '../../kernel/context.ts'
import { invalid, Problem } from '../../kernel/errors.ts'
import { inBase } from '../../kernel/money.ts'
import { fromMicro, proportion, toMicro } from '../document/decimal.ts'
import type { Shipment } from './shipment.ts'
import type { ShipmentLineRecord } from './shipment-line.ts'
import { returnedNames, returnedOf } from './show-shipment.ts'

/** A line of what comes back, worth what it was shipped for. */
export interface Back {
  line: ShipmentLineRecord
  quantity: number
  gross: number
  net: number
}

/** What comes back of which line. */
type ReturnedLine = { line: string; quantity: string }

/** Everything that has not come back yet. 409 when nothing is left. */
export function allLeft(shipment: Shipment): ReturnedLine[] {
  const left = shipment.lines.map((one) => ({ line: one.id, micro: toMicro(one.quantity) - returnedOf(shipment, one).quantity }))
  const lines = left.filter(({ micro }) => micro > 0).map(({ line, micro }) => ({ line, quantity: fromMicro(micro) }))
  if (lines.length === 0) throw new Problem('conflict', 'shipment.more-than-shipped', 'All of this shipment came back already.')
  return lines
}

/** What comes back of each line: in proportion, so that all of it comes to what was shipped. 409 `shipment.more-than-shipped`. */
export function backOf(shipment: Shipment, asked: ReturnedLine[]): Back[] {
  const byId = new Map(shipment.lines.map((one) => [one.id, one]))
  return asked.map(({ line: id, quantity }, i) => {
    const one = byId.get(id)
    if (!one) throw invalid('line.unknown-id', `/lines/${i}/line`, 'This shipment has no such line.')
    const before = returnedOf(shipment, one)
    const [shipped, micro] = [toMicro(one.quantity), toMicro(quantity)]
    if (before.quantity + micro > shipped) {
      const message = 'More of this line would have come back than was shipped.'
      const code = 'shipment.more-than-shipped'
      throw new Problem('conflict', code, message, { errors: [{ pointer: `/lines/${i}/quantity`, code, message }] })
    }
    const upTo = (amount: number) => proportion(amount, before.quantity + micro, shipped)
    return { line: one, quantity: micro, gross: upTo(one.gross) - before.gross, net: upTo(one.net) - before.net }
  })
}

/** The numbers of the shipment with what came back. */
export const counted = (shipment: Shipment, back: readonly Back[]) =>
  Object.fromEntries(
    back.flatMap(({ line, quantity, gross, net }) => {
      const [name, before] = [returnedNames(line), returnedOf(shipment, line)]
      return [
        [name.quantity, before.quantity + quantity],
        [name.gross, before.gross + gross],
        [name.net, before.net + net],
      ]
    }),
  )

/** What is credited, by order; of a direct shipment by itself. */
export function partsOf(ctx: Context, shipment: Shipment, back: readonly Back[]) {
  const amounts = new Map<string, number>()
  for (const { line, gross } of back) amounts.set(line.orderId ?? shipment.id, (amounts.get(line.orderId ?? shipment.id) ?? 0) + gross)
  return [...amounts].map(([of, amount]) => ({ of, amount, base: inBase(amount, shipment, ctx.tenant.currency) }))
}
