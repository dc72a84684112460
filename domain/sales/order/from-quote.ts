import Big from 'big.js'
import type * as z from 'zod'
import type { Context } from '../../kernel/context.ts'
import { invalid } from '../../kernel/errors.ts'
import { compact } from '../../kernel/merge-patch.ts'
import { minor, money } from '../../kernel/money.ts'
import type { Customer } from '../../parties/index.ts'
import type { Numbers } from '../../store/tally.ts'
import type { Write } from '../../store/write.ts'
import { fromMicro, toMicro } from '../document/decimal.ts'
import type { Discount } from '../document/discount.ts'
import type { Quote } from '../quote/quote.ts'
import { giveBackToQuote, orderedOf, type Taken, takeFromQuote } from '../quote/take-from-quote.ts'
import type { CreateOrder } from './order.ts'
import type { OrderLineInput, OrderLineRecord } from './order-line.ts'
import type { Composed } from './price-order.ts'

type Input = z.output<typeof CreateOrder>

/** An order of a quote: whose it is, the quote says. */
export type OfQuote = Omit<Input, 'customerId' | 'quoteId'> & { customerId?: string; quoteId: string }

/** What an order takes over from its quote. */
export interface FromQuote {
  customer: Customer
  input: Omit<Input, 'customerId' | 'lines'>
  /** The lines in their order; those of the quote complete, the others as they were sent. */
  lines: (OrderLineInput | Omit<Composed, 'id'>)[]
  writes: Write[]
}

/** What of 抹零 falls to a part of a quote that is worth so much. */
function sharedDiscount({ total, discount }: Quote, part: Big): number {
  if (!discount || 'percent' in discount || total === 0) return 0
  return Number(part.div(total).times(minor(discount.amount)).round(0, Big.roundHalfUp))
}

/**
 * The share of 抹零 of what an order takes; a percentage holds for any part. It is what falls to all that is taken now less what
 * fell to what was taken before, so that orders of all of a quote together take all of it.
 */
function discountOf(quote: Quote, lines: readonly Taken[], ordered: Numbers): Discount | undefined {
  if (!quote.discount || 'percent' in quote.discount) return quote.discount
  const worth = (microOf: (id: string) => number) =>
    quote.lines.reduce((sum, line) => sum.plus(new Big(line.gross).times(microOf(line.id)).div(toMicro(line.quantity))), new Big(0))
  const before = worth((id) => orderedOf(ordered, id))
  const now = worth((id) => lines.reduce((sum, { quoteLine, quantity }) => (quoteLine === id ? sum + toMicro(quantity) : sum), 0))
  return { amount: money(sharedDiscount(quote, before.plus(now)) - sharedDiscount(quote, before), quote.currency) }
}

/** A line of a quote as a line of an order: what was quoted holds. */
function lineOfQuote(quote: Quote, { quoteLine, quantity }: Taken, more: Partial<OrderLineInput>): Omit<Composed, 'id'> {
  const { id, net: _net, tax: _tax, gross: _gross, ...text } = quote.lines.find((line) => line.id === quoteLine)!
  const { deliverOn, note } = more
  return { ...text, ...compact({ deliverOn, note }), quantity, quoteLine: id }
}

/** 422 for what only the quote decides. */
function requireSame(input: OfQuote, quote: Quote, customer: Customer): void {
  if (input.customerId && input.customerId !== customer.id && input.customerId !== quote.customerId)
    throw invalid('order.other-customer', '/customerId', 'This quote is of another customer.')
  if (input.currency && input.currency !== quote.currency)
    throw invalid('document.currency-mismatch', '/currency', `This quote is in ${quote.currency}.`)
}

/**
 * An order of an accepted quote, of all that is left of it or of some of its lines; prices, texts, tax and terms are those that
 * were quoted, and the customer's own number the one it gave when it accepted, unless another is said. Fails as `takeFromQuote` does.
 */
export async function fromQuote(ctx: Context, given: OfQuote): Promise<FromQuote> {
  const { lines: sent, ...input } = given
  const asked = sent?.flatMap(({ quoteLine, quantity }) => (quoteLine ? [{ quoteLine, quantity }] : []))
  const { quote, customer, lines: taken, ordered, writes } = await takeFromQuote(ctx, given.quoteId, asked)
  requireSame(given, quote, customer)
  const next = [...taken]
  const lines = sent
    ? sent.map((line) => (line.quoteLine ? lineOfQuote(quote, next.shift()!, line) : line))
    : taken.map((one) => lineOfQuote(quote, one, {}))
  const { currency, exchangeRate, pricesIncludeTax, paymentTerms } = quote
  const discount = input.discount ?? discountOf(quote, taken, ordered)
  const terms = input.paymentTerms ?? paymentTerms
  const customerPo = input.customerPo === undefined ? quote.decision?.customerPo : input.customerPo
  return {
    customer,
    lines,
    writes,
    input: {
      ...input,
      currency,
      exchangeRate,
      pricesIncludeTax,
      ...(discount ? { discount } : {}),
      ...(terms ? { paymentTerms: terms } : {}),
      ...(customerPo ? { customerPo } : {}),
    },
  }
}

const takenOf = (lines: readonly OrderLineRecord[]): Map<string, number> => {
  const sums = new Map<string, number>()
  for (const { quoteLine, quantity } of lines) if (quoteLine) sums.set(quoteLine, (sums.get(quoteLine) ?? 0) + toMicro(quantity))
  return sums
}

/** What a change of an order's lines takes of its quote or gives back to it. */
export async function quoteChange(
  ctx: Context,
  quoteId: string | undefined,
  before: readonly OrderLineRecord[],
  after: readonly OrderLineRecord[],
): Promise<Write[]> {
  if (!quoteId) return []
  const [old, now] = [takenOf(before), takenOf(after)]
  const by = [...new Set([...old.keys(), ...now.keys()])].map((quoteLine) => ({
    quoteLine,
    micro: (now.get(quoteLine) ?? 0) - (old.get(quoteLine) ?? 0),
  }))
  const less = by.filter(({ micro }) => micro < 0).map(({ quoteLine, micro }) => ({ quoteLine, quantity: fromMicro(-micro) }))
  const more = by.filter(({ micro }) => micro > 0).map(({ quoteLine, micro }) => ({ quoteLine, quantity: fromMicro(micro) }))
  return [
    ...(less.length > 0 ? [giveBackToQuote(quoteId, less)] : []),
    ...(more.length > 0 ? (await takeFromQuote(ctx, quoteId, more)).writes : []),
  ]
}
