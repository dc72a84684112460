import type { Context } from '../../kernel/context.ts'
import { today } from '../../kernel/dates.ts'
import { type Contact, contacts, languageOf, visibleOfCustomer } from '../../parties/index.ts'
import type { SalesDocumentView } from '../../platform/index.ts'
import { find } from '../../store/read.ts'
import { viewCustomer, viewLines, viewPerson, viewTotals } from '../document/view-parts.ts'
import { quotes } from './quote.table.ts'
import type { Quote, QuoteStatus } from './quote.ts'
import { statusOn } from './rules.ts'

const marked: Partial<Record<QuoteStatus, 'draft' | 'expired' | 'superseded'>> = {
  draft: 'draft',
  expired: 'expired',
  superseded: 'superseded',
}

/** A quote with what stands on its document, as it is today. 404 `quote.not-found` for one out of sight. */
export async function quoteViewOf(ctx: Context, id: string): Promise<{ quote: Quote; view: SalesDocumentView }> {
  const { record: quote, customer } = await visibleOfCustomer(ctx, quotes, id)
  const contactId = quote.contactId ?? customer.primaryContactId
  const [contact, lines, person]: [Contact | undefined, Awaited<ReturnType<typeof viewLines>>, object] = await Promise.all([
    contactId ? find(ctx, contacts, contactId) : undefined,
    viewLines(ctx, quote),
    viewPerson(ctx, quote.ownerId ?? quote.createdBy),
  ])
  const { number, revision, currency, quotedOn, validUntil, pricesIncludeTax, paymentTerms, terms, notes } = quote
  const state = marked[statusOn(quote, today(ctx))]
  const view: SalesDocumentView = {
    kind: 'quote',
    ...{ number, revision, currency, validUntil, pricesIncludeTax, lines },
    date: quotedOn,
    locale: languageOf(customer, contact, ctx.tenant.locale),
    customer: viewCustomer(customer, contact),
    ...person,
    ...(state ? { state } : {}),
    totals: viewTotals(quote),
    ...(paymentTerms ? { paymentTerms } : {}),
    ...(terms ? { terms } : {}),
    ...(notes ? { notes } : {}),
  }
  return { quote, view }
}
