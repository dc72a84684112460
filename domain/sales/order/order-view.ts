import type { Context } from '../../kernel/context.ts'
import { money } from '../../kernel/money.ts'
import { type Contact, contacts, languageOf, visibleOfCustomer } from '../../parties/index.ts'
import type { SalesDocumentView } from '../../platform/index.ts'
import { find } from '../../store/read.ts'
import { viewDestination } from '../document/view-destination.ts'
import { viewCustomer, viewLines, viewPerson, viewTotals } from '../document/view-parts.ts'
import { quotes } from '../quote/quote.table.ts'
import { orders } from './order.table.ts'
import type { Order } from './order.ts'
import { isDraft } from './order-states.ts'

const stateOf = (order: Order) => (isDraft(order) ? 'draft' : order.status === 'cancelled' ? 'cancelled' : undefined)

/** What was agreed besides the lines. */
function agreements({ customerPo, contract, deliverOn, paymentTerms, instalments = [], notes, currency }: Order) {
  return {
    ...(customerPo ? { customerPo } : {}),
    ...(contract?.number ? { contractNumber: contract.number } : {}),
    ...(deliverOn ? { deliverOn } : {}),
    ...(paymentTerms ? { paymentTerms } : {}),
    ...(notes ? { notes } : {}),
    ...(instalments.length > 0
      ? {
          instalments: instalments.map(({ percent: _percent, isFixed: _fixed, amount, ...one }) => ({
            ...one,
            amount: money(amount, currency).amount,
          })),
        }
      : {}),
  }
}

/** An order with what stands on its document. 404 `order.not-found` for one out of sight. */
export async function orderViewOf(ctx: Context, id: string): Promise<{ order: Order; view: SalesDocumentView }> {
  const { record: order, customer } = await visibleOfCustomer(ctx, orders, id)
  const contactId = customer.primaryContactId
  const [contact, quote, lines, person] = await Promise.all([
    contactId ? find<Contact>(ctx, contacts, contactId) : undefined,
    order.quoteId ? find(ctx, quotes, order.quoteId) : undefined,
    viewLines(ctx, { ...order, lines: order.lines.map(({ quoteLine: _quote, ...line }) => line) }),
    viewPerson(ctx, order.salesRepId ?? order.ownerId ?? order.createdBy),
  ])
  const { number, currency, orderedOn, pricesIncludeTax } = order
  const state = stateOf(order)
  const view: SalesDocumentView = {
    kind: 'order',
    ...{ number, currency, pricesIncludeTax, lines },
    date: orderedOn,
    locale: languageOf(customer, contact, ctx.tenant.locale),
    customer: viewCustomer(customer, contact),
    ...person,
    ...(state ? { state } : {}),
    ...(quote ? { quoteNumber: quote.number } : {}),
    ...viewDestination(order.deliverTo, customer.name),
    ...agreements(order),
    totals: viewTotals(order),
  }
  return { order, view }
}
