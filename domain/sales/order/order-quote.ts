import type * as z from 'zod'
import type { Context } from '../../kernel/context.ts'
import { visibleOfCustomer } from '../../parties/index.ts'
import { quotes } from '../quote/quote.table.ts'
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

/**
 * Drafts an order of an accepted quote: of all that is left of it, or of the lines that are named by `quoteLine`. The customer's
 * own number is the one it gave when it accepted, unless another is said. Fails as `takeFromQuote` does.
 */
export async function orderQuote(ctx: Context, { id, ...input }: z.output<typeof OrderOfQuote> & { id: string }): Promise<Order> {
  const { record } = await visibleOfCustomer(ctx, quotes, id)
  const customerPo = input.customerPo === undefined ? record.decision?.customerPo : input.customerPo
  return createOrder(ctx, { ...input, ...(customerPo ? { customerPo } : {}), customerId: record.customerId, quoteId: id })
}
