import type { Opening } from '../../../events/fields.ts'
import { allocate } from '../../kernel/money.ts'
import { type InstalmentRecord, isUpFront } from './instalment.ts'
import type { Order } from './order.ts'
import { openedOf } from './tally.ts'

/** The instalments of an order in the books' minor units: together its base total. */
export const instalmentBases = ({ instalments = [], base }: Order): number[] =>
  instalments.length === 0
    ? []
    : allocate(
        base,
        instalments.map(({ amount }) => amount),
      )

const openingOf = (order: Order, instalment: InstalmentRecord, index: number, base: number): Opening => ({
  of: order.id,
  amount: instalment.amount,
  base,
  by: instalment.trigger,
  instalment: index + 1,
  days: instalment.days ?? null,
  on: instalment.on ?? (instalment.trigger === 'before-shipment' ? (order.deliverOn ?? null) : null),
  terms: order.paymentTerms ?? null,
  exchangeRate: order.exchangeRate,
  isLast: false,
})

/**
 * The instalments that wait for no shipment and were not opened yet, and the order with them opened: they are fixed from now on,
 * and what is left of its total is for its shipments.
 */
export function openUpFront(order: Order): { order: Order; openings: Opening[] } {
  const { instalments = [] } = order
  const bases = instalmentBases(order)
  const isNew = ({ trigger, isFixed }: InstalmentRecord) => isUpFront(trigger) && !isFixed
  const openings = instalments.flatMap((one, i) => (isNew(one) && one.amount > 0 ? [openingOf(order, one, i, bases[i]!)] : []))
  if (!instalments.some(isNew)) return { order, openings: [] }
  const { opened, openedBase } = openedOf(order)
  const sum = (of: 'amount' | 'base') => openings.reduce((total, opening) => total + opening[of], 0)
  const fixed = instalments.map((one) => (isNew(one) ? { ...one, isFixed: true as const } : one))
  return {
    order: { ...order, instalments: fixed, opened: opened + sum('amount'), openedBase: openedBase + sum('base') } as Order,
    openings,
  }
}
