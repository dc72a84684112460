/** A line of a quote: of how much how much was ordered. Quantities are whole numbers, prices whole minor units with tax: nothing is rounded. */
interface QuotedLine {
  id: string
  quantity: number
  price: number
  ordered: number
}

interface Quoted {
  id: string
  isReusable: boolean
  lines: QuotedLine[]
}

/** A line of an order; `shipped` less what came back to be replaced. */
export interface OrderedLine {
  id: string
  quantity: number
  price: number
  shipped: number
  of?: QuotedLine
}

export interface Ordered {
  id: string
  quote?: Quoted
  state: 'draft' | 'credit-hold' | 'running' | 'closed' | 'cancelled'
  lines: OrderedLine[]
}

export interface ShippedLine {
  id: string
  order?: Ordered
  line?: OrderedLine
  quantity: number
  price: number
  returned: number
}

interface Shipped {
  id: string
  isCancelled: boolean
  isPaid: boolean
  lines: ShippedLine[]
}

/**
 * What one customer was quoted, ordered, got and owes, kept by the rules of domain.md alone: quantities are counted, and what is owed
 * is what was shipped at its price, less what was credited and paid.
 */
export interface SalesBook {
  limit: number
  overPercent: number
  quotes: Quoted[]
  orders: Ordered[]
  shipments: Shipped[]
  credited: number
  paid: number
}

/** What somebody wants to do: the rules that forbid it, by the codes of which one must be answered, and what it does when none does. */
export interface Step {
  broken: string[]
  does(): void
}

const when = (isBroken: boolean, code: string): string[] => (isBroken ? [code] : [])
const sum = <T>(all: readonly T[], of: (one: T) => number): number => all.reduce((total, one) => total + of(one), 0)
const left = ({ quantity, shipped }: OrderedLine) => Math.max(0, quantity - shipped)
export const isRunning = ({ state }: Ordered): boolean => state === 'running'
export const isDraft = ({ state }: Ordered): boolean => state === 'draft' || state === 'credit-hold'

/** What is still to be shipped of an order that is agreed counts against the credit. */
const promised = (order: Ordered): number => (isRunning(order) ? sum(order.lines, (line) => left(line) * line.price) : 0)

export const owed = ({ shipments, credited, paid }: SalesBook): number =>
  sum(shipments, ({ isCancelled, lines }) => (isCancelled ? 0 : sum(lines, ({ quantity, price }) => quantity * price))) - credited - paid

export const ordered = ({ orders }: SalesBook): number => sum(orders, promised)
const isOver = (book: SalesBook, by: number) => by > 0 && owed(book) + ordered(book) + by > book.limit

/** As a caller sees it. */
export function statusOf(order: Ordered): string {
  if (!isRunning(order)) return order.state
  if (order.lines.every((line) => left(line) === 0)) return 'shipped'
  return order.lines.some(({ shipped }) => shipped > 0) ? 'partly-shipped' : 'confirmed'
}

const overOrdered = ({ isReusable }: Quoted, line: QuotedLine, by: number) => !isReusable && by > 0 && line.ordered + by > line.quantity

/** An order of some of a quote: all orders of it together never above what was quoted, unless it is a list of prices. */
export const orderOf = (quote: Quoted, taken: readonly { of: QuotedLine; quantity: number }[]): Step => ({
  broken: taken.flatMap(({ of, quantity }) => when(overOrdered(quote, of, quantity), 'quote.over-ordered')),
  does() {
    for (const { of, quantity } of taken) of.ordered += quantity
  },
})

/** Confirmed where the credit allows it, held where it does not; a manager with a reason need not ask. */
export function confirm(book: SalesBook, order: Ordered, isApproved: boolean): Step {
  const holds =
    !isApproved &&
    isOver(
      book,
      sum(order.lines, ({ quantity, price }) => quantity * price),
    )
  const broken = [...when(!isDraft(order), 'order.state'), ...when(holds && order.state === 'credit-hold', 'credit.over-limit')]
  return { broken, does: () => void Object.assign(order, { state: holds ? 'credit-hold' : 'running' }) }
}

/** Another quantity of a line: never below what is shipped, within the credit and the quote. */
export function amend(book: SalesBook, order: Ordered, line: OrderedLine, quantity: number): Step {
  const more = left({ ...line, quantity }) - left(line)
  const broken = [
    ...when(!isRunning(order), 'order.state'),
    ...when(quantity !== line.quantity && quantity < line.shipped, 'order.below-shipped'),
    ...when(isOver(book, more * line.price), 'credit.over-limit'),
    ...when(line.of !== undefined && overOrdered(order.quote!, line.of, quantity - line.quantity), 'quote.over-ordered'),
  ]
  const does = () => {
    if (line.of) line.of.ordered += quantity - line.quantity
    line.quantity = quantity
  }
  return { broken, does }
}

/** Goods of orders, never above what is ordered and allowed, and goods of none: what nobody had agreed to needs credit. */
export function ship(book: SalesBook, lines: readonly Omit<ShippedLine, 'id' | 'returned'>[]): Step {
  const most = ({ quantity }: OrderedLine) => quantity + Math.floor((quantity * book.overPercent) / 100)
  const isNew = ({ line, quantity, price }: Omit<ShippedLine, 'id' | 'returned'>) =>
    (line ? quantity - (left(line) - left({ ...line, shipped: line.shipped + quantity })) : quantity) * price
  const broken = [
    ...when(
      lines.some(({ order }) => order && !isRunning(order)),
      'order.state',
    ),
    ...when(
      lines.some(({ line, quantity }) => line && line.shipped + quantity > most(line)),
      'shipment.more-than-left',
    ),
    ...when(isOver(book, sum(lines, isNew)), 'credit.over-limit'),
  ]
  const does = () => {
    for (const { line, quantity } of lines) if (line) line.shipped += quantity
  }
  return { broken, does }
}

/** Goods that come back are credited; those to be replaced are open again. */
export function takeBack(book: SalesBook, shipment: Shipped, back: ShippedLine, quantity: number, isReplaced: boolean): Step {
  const broken = [
    ...when(shipment.isCancelled, 'shipment.state'),
    ...when(back.returned + quantity > back.quantity, 'shipment.more-than-shipped'),
    ...when(isReplaced && back.order !== undefined && !isRunning(back.order), 'shipment.not-replaceable'),
  ]
  const does = () => {
    back.returned += quantity
    book.credited += quantity * back.price
    if (isReplaced && back.line) back.line.shipped -= quantity
  }
  return { broken, does }
}

/** As if it had not left, while nothing of it is paid and nothing came back. */
export function cancelShipment(shipment: Shipped): Step {
  const broken = [
    ...when(shipment.isCancelled, 'shipment.state'),
    ...when(shipment.isPaid, 'receivable.allocated'),
    ...when(
      shipment.lines.some(({ returned }) => returned > 0),
      'shipment.returned',
    ),
  ]
  const does = () => {
    shipment.isCancelled = true
    for (const { line, quantity } of shipment.lines) if (line) line.shipped -= quantity
  }
  return { broken, does }
}

/** Cancelled while nothing was shipped, or closed short: what is left goes back to its quote. */
export function end(order: Ordered, how: 'cancel' | 'close'): Step {
  const isPossible = how === 'cancel' ? isDraft(order) || statusOf(order) === 'confirmed' : isRunning(order)
  const does = () => {
    for (const line of order.lines) if (line.of) line.of.ordered -= left(line)
    order.state = how === 'cancel' ? 'cancelled' : 'closed'
  }
  return { broken: when(!isPossible, 'order.state'), does }
}
