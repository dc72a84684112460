import fc from 'fast-check'
import { expect } from 'vitest'
import { cny } from './finance.ts'
import { day } from './parties.ts'
import { lineOf } from './sales.ts'
import * as rules from './sales-oracle.ts'
import { type Firm, spread, type Trade } from './sales-trade.ts'

const steps = [
  'quote',
  'typed',
  'take',
  'confirm',
  'approve',
  'amend',
  'ship',
  'takeBack',
  'cancelShipment',
  'end',
  'pay',
  'spread',
] as const
type StepName = (typeof steps)[number]

/** One thing that somebody wants: of which document and which of its lines, how much, and in what way. */
interface Operation {
  name: StepName
  of: number
  line: number
  quantity: number
  how: number
}

const operation = (...names: StepName[]): fc.Arbitrary<Operation> =>
  fc.record({ name: fc.constantFrom(...names), of: fc.nat(9), line: fc.nat(3), quantity: fc.integer({ min: 1, max: 30 }), how: fc.nat(11) })

/** A quote and an order at first, and then whatever comes; goods leave often. */
export const operations: fc.Arbitrary<Operation[]> = fc
  .tuple(
    operation('quote'),
    operation('take', 'typed'),
    operation('confirm', 'approve'),
    fc.array(operation(...steps, 'take', 'confirm', 'confirm', 'amend', 'ship', 'ship', 'ship', 'takeBack', 'cancelShipment'), {
      minLength: 8,
      maxLength: 20,
      size: 'max',
    }),
  )
  .map((all) => all.flat())

const prices = [185, 1250, 9_999]
const yuan = (minor: number) => (minor / 100).toFixed(2)
const goods = ({ quantity, how }: Operation, n: number) => {
  const price = prices[(how + n) % prices.length]!
  return { sent: lineOf(quantity + n, yuan(price)), quantity: quantity + n, price }
}
const one = <T>(all: readonly T[], place: number): T | undefined => all[place % Math.max(1, all.length)]
type Answer = Awaited<ReturnType<Firm['sell']>>

/** Asks the product; it must do what no rule forbids, and refuse with the code of a rule what one does. */
async function agree({ broken, does }: rules.Step, asked: Promise<Answer>): Promise<Answer | undefined> {
  const { status, body } = await asked
  const code = status < 300 ? undefined : String(body.code)
  const isExpected = broken.length === 0 ? code === undefined : code !== undefined && broken.includes(code)
  if (!isExpected)
    throw new Error(`answered ${code ?? 'done'} where ${broken.join(' or ') || 'done'} was due: ${JSON.stringify(body.detail)}`)
  if (code !== undefined) return undefined
  does()
  return { status, body } as Answer
}

/** An order: mostly one with which it can be done. */
function orderFor({ book }: Trade, { of, how }: Operation, isFit: (order: rules.Ordered) => boolean): rules.Ordered | undefined {
  const fit = book.orders.filter(isFit)
  return one(how % 4 > 0 && fit.length > 0 ? fit : book.orders, of)
}

type Given = { id: string; quantity: string; quoteLine?: string }
const orderLines = (given: Given[], made: Omit<rules.OrderedLine, 'id' | 'shipped'>[]): rules.OrderedLine[] =>
  made.map((line, i) => ({ ...line, id: given[i]!.id, shipped: 0 }))

/** What each step asks of the product and of the oracle; nothing where there is nothing to do it with. */
const doing: Record<StepName, (trade: Trade, operation: Operation) => Promise<unknown>> = {
  spread,
  async quote({ sell, customerId, book }, operation) {
    const lines = [goods(operation, 0), goods(operation, 1)]
    const isReusable = operation.how % 4 === 0
    const { body: quote } = await sell('/v1/quotes', { body: { customerId, reusable: isReusable, lines: lines.map(({ sent }) => sent) } })
    await sell(`/v1/quotes/${quote.id}/send`, { body: { channel: 'paper' } })
    expect((await sell(`/v1/quotes/${quote.id}/accept`, { body: { by: '王总' } })).status).toBe(200)
    const quoted = lines.map(({ quantity, price }, i) => ({ id: quote.lines[i].id, quantity, price, ordered: 0 }))
    book.quotes.push({ id: quote.id, isReusable, lines: quoted })
  },
  async typed({ sell, customerId, book }, operation) {
    const lines = [goods(operation, 0), goods(operation, 1)]
    const answer = await agree(
      { broken: [], does: () => {} },
      sell('/v1/orders', { body: { customerId, lines: lines.map(({ sent }) => sent) } }),
    )
    book.orders.push({ id: answer!.body.id, state: 'draft', lines: orderLines(answer!.body.lines, lines) })
  },
  async take({ sell, book }, { of, line, quantity, how }) {
    const quote = one(book.quotes, of)
    if (!quote) return
    const chosen = how % 3 === 0 ? quote.lines : [one(quote.lines, line)!]
    const taken = chosen.map((of) => ({ of, quantity: Math.min(quantity, how % 5 === 0 ? 99 : of.quantity) }))
    const sent = taken.map(({ of, quantity }) => ({ quoteLine: of.id, quantity: String(quantity) }))
    const answer = await agree(rules.orderOf(quote, taken), sell(`/v1/quotes/${quote.id}/order`, { body: { lines: sent } }))
    if (!answer) return
    const made = taken.map(({ of, quantity }) => ({ of, quantity, price: of.price }))
    book.orders.push({ id: answer.body.id, quote, state: 'draft', lines: orderLines(answer.body.lines, made) })
  },
  async confirm(trade, operation) {
    const { sell, book } = trade
    const order = orderFor(trade, operation, rules.isDraft)
    if (order) await agree(rules.confirm(book, order, false), sell(`/v1/orders/${order.id}/confirm`, { body: {} }))
  },
  async approve(trade, operation) {
    const { approve, book } = trade
    const order = orderFor(trade, operation, rules.isDraft)
    if (order) await agree(rules.confirm(book, order, true), approve(`/v1/orders/${order.id}/confirm`, { body: { reason: '老客户' } }))
  },
  async amend(trade, operation) {
    const { sell, book } = trade
    const { line: place, quantity } = operation
    const order = orderFor(trade, operation, rules.isRunning)
    if (!order) return
    const line = one(order.lines, place)!
    const lines = order.lines.map((one) => ({ id: one.id, quantity: String(one === line ? quantity : one.quantity) }))
    await agree(rules.amend(book, order, line, quantity), sell(`/v1/orders/${order.id}/amend`, { body: { reason: '改单', lines } }))
  },
  async ship(trade, operation) {
    const { sell, customerId, book } = trade
    const { of, line, quantity, how } = operation
    const first = orderFor(trade, operation, rules.isRunning)
    const orders = [...new Set([first, ...(how % 4 === 1 ? [one(book.orders, of + 1)] : [])])].filter((order) => order !== undefined)
    const ofOrders = orders.map((order) => {
      const what = one(order.lines, line)!
      // Mostly what is left, or one more than that.
      const open = what.quantity - what.shipped + (how % 5 === 2 ? 1 : 0)
      return { order, line: what, quantity: how % 3 > 0 && open > 0 ? open : quantity, price: what.price }
    })
    const direct = orders.length === 0 || how % 6 === 3 ? [goods(operation, 0)] : []
    const sent = [...ofOrders.map((one) => ({ orderLine: one.line.id, quantity: String(one.quantity) })), ...direct.map(({ sent }) => sent)]
    const lines = [...ofOrders, ...direct.map(({ quantity, price }) => ({ quantity, price }))]
    const asked = sell('/v1/shipments', { body: { customerId, lines: sent, dispatch: true } })
    const answer = await agree(rules.ship(book, lines), asked)
    const made = (id: string, i: number): rules.ShippedLine => ({ ...lines[i]!, id, returned: 0 })
    if (answer)
      book.shipments.push({
        id: answer.body.id,
        isCancelled: false,
        isPaid: false,
        lines: answer.body.lines.map(({ id }: Given, i: number) => made(id, i)),
      })
  },
  async takeBack(trade, { of, line, quantity, how }) {
    const shipment = one(trade.book.shipments, of)
    if (!shipment) return
    await spread(trade)
    const back = one(shipment.lines, line)!
    const many = how % 3 === 0 ? quantity : 1 + (quantity % back.quantity)
    const isReplaced = how % 2 === 0
    const body = { mode: isReplaced ? 'replace' : 'refund', lines: [{ line: back.id, quantity: String(many) }] }
    await agree(rules.takeBack(trade.book, shipment, back, many, isReplaced), trade.sell(`/v1/shipments/${shipment.id}/return`, { body }))
    await spread(trade)
  },
  async cancelShipment(trade, { of }) {
    const shipment = one(trade.book.shipments, of)
    if (!shipment) return
    await spread(trade)
    await agree(rules.cancelShipment(shipment), trade.sell(`/v1/shipments/${shipment.id}/cancel`, { body: { reason: '录入错误' } }))
  },
  async end(trade, operation) {
    const { sell } = trade
    const { how } = operation
    const order = orderFor(trade, operation, rules.isRunning)
    const way = how % 2 ? 'cancel' : 'close'
    if (order) await agree(rules.end(order, way), sell(`/v1/orders/${order.id}/${way}`, { body: { reason: '客户取消' } }))
  },
  async pay(trade, { of, how }) {
    const { keep, customerId, book } = trade
    const shipment = one(book.shipments, of)
    if (!shipment) return
    await spread(trade)
    const rows = (await keep(`/v1/customers/${customerId}/receivables`)).body.data
    const due = rows.find(
      (row: { shipmentId: string; outstanding: { amount: string } }) =>
        row.shipmentId === shipment.id && Number(row.outstanding.amount) > 0,
    )
    if (!due) return
    const whole = Math.round(Number(due.outstanding.amount) * 100)
    const units = how % 2 ? whole : Math.ceil(whole / 2)
    const allocations = [{ receivableId: due.id, amount: cny(yuan(units)) }]
    const body = { customerId, receivedOn: day(), amount: cny(yuan(units)), method: 'bank', allocations }
    const does = () => {
      shipment.isPaid = true
      book.paid += units
    }
    await agree({ broken: [], does }, keep('/v1/receipts', { body }))
  },
}

export const play = (trade: Trade, operation: Operation): Promise<unknown> => doing[operation.name](trade, operation)
