import type * as z from 'zod'
import type { Context } from '../../kernel/context.ts'
import { createOrder } from './change-order.ts'
import { CreateOrder, type Order } from './order.ts'

/** An order of a quote: whose it is, and in what money, the quote says. */
export const OrderOfQuote = CreateOrder.omit({
  customerId: true,
  quoteId: true,
  currency: true,
  exchangeRate: true,
  pricesIncludeTax: true,
}).meta({ id: 'OrderOfQuote' })

/** Drafts an order of an accepted quote: of all that is left of it, or of the lines that are named by `quoteLine`. Fails as `fromQuote` does. */
export const orderQuote = (ctx: Context, { id, ...input }: z.output<typeof OrderOfQuote> & { id: string }): Promise<Order> =>
  createOrder(ctx, { ...input, quoteId: id })
