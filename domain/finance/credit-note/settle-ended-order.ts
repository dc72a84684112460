import type { PublishedEvent } from '../../../events/define.ts'
import type { Context } from '../../kernel/context.ts'
import { minor, money } from '../../kernel/money.ts'
import type { Customer } from '../../parties/index.ts'
import { readItems } from '../../store/read-items.ts'
import { numbersOf } from '../../store/tally.ts'
import type { Write } from '../../store/write.ts'
import { commitmentKey, commitmentOf } from '../credit/commitment.ts'
import { moveCommitment } from '../credit/move-commitment.ts'
import { receivablesOf } from '../receivable/find-receivables.ts'
import { shareOf } from '../receivable/open-shares.ts'
import { shareKey } from '../receivable/receivable.table.ts'
import { outstandingOf, type Receivable } from '../receivable/receivable.ts'
import { beingOpened, withdrawn } from '../receivable/withdraw-receivables.ts'
import { mostAllocations } from '../settlement/source.ts'
import { newCreditNote } from './create-credit-note.ts'

/** An order that is cancelled or closed, as the books have to know it. */
interface EndedOrder {
  customer: Customer
  order: { id: string; number: string; currency: string; exchangeRate: string }
  on: string
  /** Minor units of the books' currency that its commitment loses: what was not announced to be owed yet. */
  unopened: number
  /** Minor units of its currency that were announced to be owed beyond what was shipped. */
  excess: number
  /** Places, from 1, of the instalments that were announced without a shipment. */
  announced: readonly number[]
}

/** The commitment of the order without what is not owed yet, and without receivables that are withdrawn. */
async function lowered(ctx: Context, { order: { id }, unopened, announced }: EndedOrder) {
  const marks = announced.map((instalment) => shareKey(shareOf(id, { of: id, instalment })))
  const [item, ...shares] = await readItems(ctx, [commitmentKey(id), ...marks], { consistent: true })
  if (shares.some((share) => share === undefined)) throw beingOpened()
  const before = commitmentOf(numbersOf(item))
  return (withdrawnBase: number): Write[] => moveCommitment(id, before, { total: -unopened - withdrawnBase, opened: -withdrawnBase })
}

/** What is withdrawn as a whole, the last one due first, and what is left to be credited. */
function divided(open: Receivable[], orderId: string, excess: number): { whole: Receivable[]; left: number } {
  let left = excess
  const isWhole = (one: Receivable) => {
    const amount = minor(one.amount)
    const isUnpaid = one.settled === 0 && one.source?.share.startsWith(orderId)
    if (!isUnpaid || amount > left) return false
    left -= amount
    return true
  }
  return { whole: [...open].reverse().filter(isWhole), left }
}

/** Shares of so much for what is still owed of the order, instalments that waited for no shipment first. */
function sharesOf(open: Receivable[], { order }: EndedOrder, left: number) {
  const isUpFront = ({ source }: Receivable) => source?.share.startsWith(order.id)
  const inOrder = [...open.filter(isUpFront), ...open.filter((one) => !isUpFront(one))].slice(0, mostAllocations)
  let rest = left
  return inOrder.flatMap((one) => {
    const units = Math.min(rest, outstandingOf(one))
    rest -= units
    return units > 0 ? [{ receivableId: one.id, amount: money(units, order.currency) }] : []
  })
}

/**
 * Writes and events of the commit that ends an order: what it opened beyond what was shipped (instalments up front) is not
 * owed any more. Instalments on which nothing is paid are withdrawn; what is left is credited, to what is still owed of the
 * order first, and what was paid for nothing stays to the customer's credit. 409 `receivable.being-opened` while the news of
 * the confirmation is on its way.
 */
export async function settleEndedOrder(ctx: Context, ended: EndedOrder): Promise<{ writes: Write[]; events: PublishedEvent[] }> {
  const { customer, order, on, excess } = ended
  const commitment = await lowered(ctx, ended)
  if (excess <= 0) return { writes: commitment(0), events: [] }
  const open = (await receivablesOf(ctx, order.id)).filter((one) => outstandingOf(one) > 0 && one.amount.currency === order.currency)
  const { whole, left } = divided(open, order.id, excess)
  const books = await Promise.all(whole.map((receivable) => withdrawn(ctx, customer, receivable, on)))
  const writes = [...books.flat(), ...commitment(whole.reduce((sum, { base }) => sum + base, 0))]
  if (left === 0) return { writes, events: [] }
  const note = await newCreditNote(ctx, {
    customerId: customer.id,
    externalId: order.id,
    orderId: order.id,
    issuedOn: on,
    amount: money(left, order.currency),
    exchangeRate: order.exchangeRate,
    reason: order.number,
    allocations: sharesOf(
      open.filter((one) => !whole.includes(one)),
      ended,
      left,
    ),
  })
  return { writes: [...writes, ...note.writes], events: [note.event] }
}
